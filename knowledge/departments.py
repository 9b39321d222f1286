"""A department of the bank, as entries name it."""

from dataclasses import dataclass, field

from knowledge.language import Bilingual


@dataclass(frozen=True, slots=True)
class Department:
    """A department of ``departments.yml``.

    Attributes
    ----------
    phone : Bilingual
        As entries write it; may be empty where entries give numbers of their own.
    line : int
        Its line in the file, counted from 1.
    """

    name: Bilingual
    phone: Bilingual
    line: int = field(default=0, compare=False)
