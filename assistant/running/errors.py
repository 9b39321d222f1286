"""Why an installation cannot start; each has one sentence in ``running.yml`` that says what to do.

StartError
├── PortTaken              another program listens on one of the ports
├── MissingInterpreter     an environment was not built
├── DiskFull               nothing more can be written
├── StoreUnusable          the database is broken, newer, or cannot be reached
├── NotTheSample           demo mode was asked for on a real bank's data
├── NothingImported        no client has been imported yet
├── MissingSecret          a key is not set or too short
├── RecommenderUntrained   too little to learn from, or a list it needs cannot be read
└── TrainingFailed         a model could not be trained
"""

from pathlib import Path
from typing import ClassVar


class StartError(Exception):
    """An installation cannot start.

    Attributes
    ----------
    key
        Name of the sentence in the running words.
    values
        What fills the sentence.
    """

    key: ClassVar[str]

    def __init__(self, **values: object) -> None:
        super().__init__(self.key, values)
        self.values = values


class PortTaken(StartError):
    """Another program listens on a port."""

    key = "port_taken"


class MissingInterpreter(StartError):
    """An environment was not built."""

    key = "missing_interpreter"

    def __init__(self, path: Path) -> None:
        super().__init__(path=path)


class DiskFull(StartError):
    """Nothing more can be written."""

    key = "disk_full"


class StoreUnusable(StartError):
    """The database is broken or cannot be reached."""

    key = "store_unusable"


class NotTheSample(StartError):
    """Demo mode on a store that does not hold the sample alone."""

    key = "not_the_sample"


class NothingImported(StartError):
    """No client has been imported yet."""

    key = "nothing_imported"


class MissingSecret(StartError):
    """A key is not set or too short."""

    key = "missing_secret"


class RecommenderUntrained(StartError):
    """Too little to learn from, or the list of protected attributes cannot be read."""

    key = "recommender_untrained"


class TrainingFailed(StartError):
    """A model could not be trained."""

    key = "training_failed"
