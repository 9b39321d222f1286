"""Progress that a person can follow: one line a step, with the seconds it took."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console

from assistant.replies.templates import Language, Words


class Progress:
    """Prints the steps of a start.

    Parameters
    ----------
    quiet
        Print only what went wrong.
    """

    def __init__(
        self, words: Words, language: Language, *, quiet: bool = False, stream: TextIO | None = None
    ) -> None:
        self.words = words
        self.language = language
        self._quiet = quiet
        self._console = Console(file=stream or sys.stderr, highlight=False)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Tell that a step begins, and how long it took when it ended."""
        started = time.monotonic()
        self.say(f"{name}_begins")
        yield
        seconds = f"{time.monotonic() - started:.1f}"
        self.say(f"{name}_done", seconds=seconds)

    def say(self, name: str, **values: object) -> None:
        """Print one sentence of progress."""
        if not self._quiet:
            self._console.print(self.sentence(name, **values), markup=False)

    def sentence(self, name: str, **values: object) -> str:
        """Return one sentence of the running words."""
        return self.words.say(self.language, f"running.{name}", **values)

    def warn(self, name: str, **values: object) -> None:
        """Print one sentence about what went wrong, even when quiet."""
        self.warn_of(f"running.{name}", **values)

    def warn_of(self, key: str, **values: object) -> None:
        """Print one sentence of any words about what went wrong."""
        sentence = self.words.say(self.language, key, **values)
        self._console.print(sentence, style="bold red", markup=False, soft_wrap=True)
