"""Trains the pipeline of ``config.yml`` on examples and reads messages with it.

Run in Rasa's environment by ``python -m assistant evaluate``: examples come in as JSON, what was
understood goes out as JSON. The components are Rasa's own classes, created, trained, kept and
loaded as Rasa does it.

Runs on Python 3.10 beside Rasa.
"""

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Sequence, Tuple

import yaml
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import class_from_module_path
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

_WORDS = r"(?u)[A-Za-z0-9']+|[\u4e00-\u9fff]"


class Method(NamedTuple):
    """What one way of understanding made of the messages, and what it took."""

    name: str
    intents: List[str]
    training_seconds: float
    ms_per_message: float


def run_pipeline(
    pipeline: Sequence[Dict[str, Any]], examples: Sequence[Tuple[str, str]], texts: Sequence[str]
) -> Method:
    """Train the components one after the other, load them again and read each text by itself."""
    with tempfile.TemporaryDirectory() as folder:
        storage = LocalModelStorage(Path(folder))
        context = ExecutionContext(GraphSchema({}))
        data = TrainingData([Message.build(text=text, intent=intent) for text, intent in examples])
        components = []
        started = time.perf_counter()
        for number, entry in enumerate(pipeline):
            kind = class_from_module_path(entry["name"])
            given = {name: value for name, value in entry.items() if name != "name"}
            config = {**kind.get_default_config(), **given}
            resource = Resource(f"component{number}")
            component = kind.create(config, storage, resource, context)
            if hasattr(component, "train"):
                component.train(data)
                component = kind.load(config, storage, resource, context)
            if hasattr(component, "process_training_data"):
                data = component.process_training_data(data)
            components.append(component)
        trained = time.perf_counter()
        found = [_read(components, text) for text in texts]
        read = time.perf_counter()
    return Method("pipeline", found, trained - started, 1000 * (read - trained) / len(texts))


def run_baseline(examples: Sequence[Tuple[str, str]], texts: Sequence[str]) -> Method:
    """Train what Rasa offers without a neural network: counts of words, logistic regression."""
    counts = CountVectorizer(token_pattern=_WORDS)
    model = make_pipeline(counts, LogisticRegression(max_iter=100))
    started = time.perf_counter()
    model.fit([text for text, _ in examples], [intent for _, intent in examples])
    trained = time.perf_counter()
    found = [str(model.predict([text])[0]) for text in texts]
    read = time.perf_counter()
    name = "counts + logistic regression"
    return Method(name, found, trained - started, 1000 * (read - trained) / len(texts))


def _read(components: Sequence[Any], text: str) -> str:
    messages = [Message({TEXT: text})]
    for component in components:
        messages = component.process(messages)
    return messages[0].get(INTENT)[INTENT_NAME_KEY] or DEFAULT_NLU_FALLBACK_INTENT_NAME


def main(config: Path, source: Path, target: Path) -> None:
    """Read examples and texts from `source`, write what each method made of them to `target`."""
    given = json.loads(source.read_text(encoding="utf-8"))
    pipeline = yaml.safe_load(config.read_text(encoding="utf-8"))["pipeline"]
    examples = [(text, intent) for text, intent in given["examples"]]
    methods = [
        run_pipeline(pipeline, examples, given["texts"]),
        run_baseline(examples, given["texts"]),
    ]
    found = [method._asdict() for method in methods]
    target.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:4]))
