"""What is in force right now: the knowledge content and the recommender's model."""

from dataclasses import dataclass

from assistant.services.errors import RecommenderUnavailable
from knowledge.library import Library
from recommender.trained import TrainedModel


@dataclass(slots=True)
class ContentShelf:
    """The library that answers; a new one replaces it whole."""

    library: Library


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
