"""What can go wrong, and what to do about it.

::

    RecommenderError
    ├── DataError            the tables handed in cannot be used
    │   ├── TableMissing     a file is not there or cannot be read
    │   ├── TableEmpty       a file has no rows
    │   ├── ColumnMissing    a column is not there
    │   └── ValueRefused     one cell is wrong: file, line, column and value
    ├── TooFewHoldings       nothing to learn from
    ├── RulesRefused         a rule file does not hold together; carries every fault found
    ├── OtherRun             a folder holds the answers of another run
    ├── NoneInUse            no version is in use
    ├── NothingBefore        no version was in use before
    ├── VersionUnknown       there is no such version
    ├── NothingToFind        no product was opened in the time asked about
    ├── PolicyBroken         the list of protected attributes cannot be used
    ├── SettingsBroken       a settings file cannot be used
    └── ModelError           a stored model cannot be used
        ├── ModelBroken      files missing, damaged or altered
        └── ModelMismatch    trained for another catalogue
"""

from collections.abc import Sequence
from dataclasses import dataclass


class RecommenderError(Exception):
    """Anything the recommender refuses, told in one sentence."""


class DataError(RecommenderError):
    """The tables handed in cannot be used."""


class TableMissing(DataError):
    """A file is not there or cannot be read."""

    def __init__(self, table: str, cause: str = "no such file") -> None:
        super().__init__(f"{table} could not be read ({cause}); put the file there and try again.")


class TableEmpty(DataError):
    """A file has no rows."""

    def __init__(self, table: str) -> None:
        super().__init__(f"{table} has no rows; export it again and check the export's filter.")


class ColumnMissing(DataError):
    """A column is not there."""

    def __init__(self, table: str, column: str) -> None:
        super().__init__(f"{table}, line 1: column {column!r} is missing; add it to the header.")


class ValueRefused(DataError):
    """One cell is wrong."""

    def __init__(self, table: str, line: int, column: str, value: object, why: str) -> None:
        super().__init__(f"{table}, line {line}, column {column!r}: {value!r} {why}.")


class TooFewHoldings(RecommenderError):
    """Nothing to learn from."""

    def __init__(self, contexts: int, needed: int) -> None:
        super().__init__(
            f"The holdings give {contexts} training rows and at least {needed} are needed; "
            "hand in more clients who hold two or more products."
        )


@dataclass(frozen=True, slots=True)
class RuleFault:
    """One thing wrong in a rule file; `line` counts from 1, 0 where the whole file is meant."""

    file: str
    line: int
    key: str
    value: str
    why: str

    def __str__(self) -> str:
        """Return file, line, key, value and what is wrong."""
        named = ": ".join(part for part in (self.key, self.value) if part)
        return f"{self.file}:{self.line}: {named} {self.why}".replace("  ", " ")


class RulesRefused(RecommenderError):
    """A rule file does not hold together."""

    def __init__(self, faults: tuple[RuleFault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


class OtherRun(RecommenderError):
    """A folder holds the answers of another run."""

    def __init__(self, folder: str) -> None:
        super().__init__(
            f"{folder} holds answers for other data, another model, day or settings; "
            "name an empty folder, or delete it."
        )


class NoneInUse(RecommenderError):
    """No version is in use."""

    def __init__(self, folder: str) -> None:
        super().__init__(f"No version in {folder} is in use; train one, or name one.")


class NothingBefore(RecommenderError):
    """No version was in use before."""

    def __init__(self) -> None:
        super().__init__("No version was in use before; name one to use instead.")


class VersionUnknown(RecommenderError):
    """There is no such version."""

    def __init__(self, version: str, known: Sequence[str]) -> None:
        listed = ", ".join(known[:5]) or "none"
        super().__init__(f"There is no version {version!r}; there are: {listed}.")
        self.version = version


class NothingToFind(RecommenderError):
    """No product was opened in the time asked about."""

    def __init__(self, since: str) -> None:
        super().__init__(
            f"No client known before {since} opened a product since; choose an earlier day."
        )


class PolicyBroken(RecommenderError):
    """The list of protected attributes cannot be used."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path} is not a YAML file with a list of attribute names under 'protected'; "
            "nothing is trained without one."
        )


class SettingsBroken(RecommenderError):
    """A settings file cannot be used."""

    def __init__(self, path: str, cause: str) -> None:
        super().__init__(f"{path} cannot be used as settings ({cause}); run tune again.")


class ModelError(RecommenderError):
    """A stored model cannot be used."""


class ModelBroken(ModelError):
    """Files missing, damaged or altered."""

    def __init__(self, folder: str, cause: str) -> None:
        super().__init__(f"The model in {folder} is broken ({cause}); train it again.")


class ModelMismatch(ModelError):
    """Trained for another catalogue."""

    def __init__(self, folder: str, unknown: tuple[str, ...]) -> None:
        listed = ", ".join(unknown[:5])
        super().__init__(
            f"The model in {folder} was trained for another catalogue: it knows {listed}, "
            "which the catalogue handed in does not; train it again on the present catalogue."
        )
