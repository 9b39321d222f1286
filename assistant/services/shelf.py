"""What is in force right now: the knowledge content and the recommender's model."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from assistant.services.errors import RecommenderUnavailable
from knowledge.library import Library
from recommender.trained import TrainedModel

_held: ContextVar[TrainedModel | None] = ContextVar("held_model", default=None)


class ContentShelf:
    """The library that answers; a new one replaces it whole, between two turns.

    Who is in the middle of a turn holds the library he began with, so that no answer is made of
    two versions.
    """

    def __init__(self, library: Library) -> None:
        self._files = self._newest = library
        self._held: ContextVar[Library | None] = ContextVar("held", default=None)

    @property
    def library(self) -> Library:
        """The library of this turn; outside a turn the newest."""
        return self._held.get() or self._newest

    @library.setter
    def library(self, library: Library) -> None:
        if library is not self._files:  # the same files read again change nothing
            self._files = self._newest = library

    @property
    def files(self) -> Library:
        """The library as the files have it, without what was answered since."""
        return self._files

    @property
    def newest(self) -> Library:
        """The library that the next turn will hold."""
        return self._newest

    def lay_over(self, library: Library) -> None:
        """Answer from a library that is the files' and more."""
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
    """The recommender in use, if there is one, and the one in use before it.

    Attributes
    ----------
    before
        Kept so that "why" can still be answered of what it suggested.
    """

    model: TrainedModel | None
    before: TrainedModel | None = field(default=None)

    def in_use(self) -> TrainedModel:
        """Return the model; within `held`, always the same.

        Raises
        ------
        RecommenderUnavailable
            None was put into use, or the one that was could not be loaded.
        """
        model = _held.get() or self.model
        if model is None:
            raise RecommenderUnavailable
        return model

    def that_showed(self, version: str | None) -> TrainedModel:
        """Return the model of a version where it is still here, else the one in use.

        Raises
        ------
        RecommenderUnavailable
            None is in use.
        """
        before = self.before
        if version is not None and before is not None and before.card.version == version:
            return before
        return self.in_use()

    def put(self, model: TrainedModel) -> None:
        """Put another model into use; whoever is answering goes on with the one he began with."""
        self.before, self.model = self.model, model

    @contextmanager
    def held(self) -> Iterator[None]:
        """Answer with one and the same model until the end, whatever is put into use meanwhile."""
        token = _held.set(self.model)
        try:
            yield
        finally:
            _held.reset(token)
