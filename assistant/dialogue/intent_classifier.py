"""Rasa's view of the intent model: train it, keep it with the model, classify with it."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME, INTENT_MESSAGE_PREFIX
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.dialogue.linear_model import LinearModel

RANKING_LENGTH = 5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(IntentClassifier, GraphComponent):
    """Classifies the intent of a message; needs no tokenizer and no featurizer before it.

    A message that it refuses becomes ``nlu_fallback``, so no fallback classifier comes after it.
    """

    def __init__(
        self,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: Optional[LinearModel] = None,
    ) -> None:
        self._settings = {name: config[name] for name in self.get_default_config()}
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    @staticmethod
    def required_packages() -> List[Text]:
        """Name the packages Rasa checks for before it builds the graph."""
        return ["sklearn", "scipy", "numpy"]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Return the settings that `config.yml` may override."""
        return {
            "penalty": 3.0,
            "refused_share": 0.02,
            "seed": 0,
        }

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003  # part of Rasa's contract
    ) -> LinearIntentClassifier:
        """Create an untrained classifier."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003  # part of Rasa's contract
        **_: Any,
    ) -> LinearIntentClassifier:
        """Create a classifier from what training kept."""
        with model_storage.read_from(resource) as directory:
            return cls(config, model_storage, resource, LinearModel.load(directory))

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the model on the examples and keep it with the Rasa model."""
        typed = [example for example in training_data.intent_examples if _is_typed(example)]
        texts, intents = [m.get(TEXT) for m in typed], [m.get(INTENT) for m in typed]
        self._model = LinearModel.train(texts, intents, **self._settings)
        with self._model_storage.write_to(self._resource) as directory:
            self._model.save(directory)
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Set the intent and the ranking of every message."""
        for message in messages:
            ranking = self._rank(message.get(TEXT) or "")
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def _rank(self, text: str) -> List[Dict[Text, Any]]:
        """Rank intents, the one to answer first; what is refused is the fallback intent."""
        if self._model is None:
            return [_as_rasa(None, 0.0)]
        reading = self._model.read(text)
        if reading.intent is None:
            first = _as_rasa(DEFAULT_NLU_FALLBACK_INTENT_NAME, reading.foreign)
        else:
            first = _as_rasa(reading.intent, dict(reading.ranking)[reading.intent])
        others = [
            _as_rasa(*scored) for scored in reading.ranking if scored.intent != reading.intent
        ]
        return [first, *others][:RANKING_LENGTH]


def _is_typed(example: Message) -> bool:
    text = example.get(TEXT)
    return bool(text and example.get(INTENT)) and not text.startswith(INTENT_MESSAGE_PREFIX)


def _as_rasa(name: Optional[Text], confidence: float) -> Dict[Text, Any]:
    return {INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: confidence}
