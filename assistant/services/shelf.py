"""What is in force right now: the knowledge content and the recommender's model."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from assistant.services.errors import RecommenderUnavailable
from knowledge.library import Library
from recommender.trained import TrainedModel


class ContentShelf:
    """The library that answers; a new one replaces it whole, between two turns.

    Who is in the middle of a turn holds the library he began with, so that no answer is made of
    two versions.
    """

    def __init__(self, library: Library) -> None:
        self._newest = library
        self._held: ContextVar[Library | None] = ContextVar("held", default=None)

    @property
    def library(self) -> Library:
        """The library of this turn; outside a turn the newest."""
        return self._held.get() or self._newest

    @library.setter
    def library(self, library: Library) -> None:
        self._newest = library

    @contextmanager
    def held(self) -> Iterator[Library]:
        """Hold the newest library for everything done inside, in this thread or task."""
        library = self._newest
        token = self._held.set(library)
        try:
            yield library
        finally:
            self._held.reset(token)


@dataclass(slots=True)
class ModelShelf:
    """The recommender in use, if there is one."""

    model: TrainedModel | None

    def in_use(self) -> TrainedModel:
        """Return the model.

        Raises
        ------
        RecommenderUnavailable
            None was trained, or the one trained could not be loaded.
        """
        if self.model is None:
            raise RecommenderUnavailable
        return self.model
