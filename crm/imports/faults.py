"""A fault of an import file, found but not yet put into words."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in one place of an import file.

    Attributes
    ----------
    file : str
        Name of the file inside the import directory.
    line : int
        Line in the file, the header being 1; 0 when the whole file is meant.
    column : str
        Name of the column, empty when the whole line is meant.
    value : str
        What stands there.
    code : str
        Key of the sentence in `words.yaml`.
    detail : Mapping[str, str]
        What the sentence needs beside the value.
    """

    file: str
    line: int
    column: str
    value: str
    code: str
    detail: Mapping[str, str] = field(default_factory=dict)
