"""A change of the tariff, or of an entry, as the business noted it in ``history.csv``."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from knowledge.language import Bilingual


class ItemKind(StrEnum):
    """What a piece of the content is."""

    ENTRY = "entry"
    TARIFF = "tariff"


@dataclass(frozen=True, slots=True)
class HistoryNote:
    """One line of ``history.csv``.

    Attributes
    ----------
    on : date
        When the change was made.
    kind, item_id
        What was changed.
    by : Bilingual
        Who changed it.
    what : Bilingual
        What is different since.
    line : int
        Its line in the file, counted from 1.
    """

    on: date
    kind: ItemKind
    item_id: str
    by: Bilingual
    what: Bilingual
    line: int = field(default=0, compare=False)
