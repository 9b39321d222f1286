"""Everything there is to say of a content folder: faults that keep it out, and warnings."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.check import read_and_check
from knowledge.checking.questions import near_questions
from knowledge.checking.translations import translation_warnings
from knowledge.checking.validity import validity_warnings
from knowledge.content import Content
from knowledge.errors import ContentFaults, Fault
from knowledge.reading.files import read_text
from knowledge.reading.place import Place
from knowledge.reading.tables import read_open_table

PRODUCT_ID = "product_id"


@dataclass(frozen=True, slots=True)
class Review:
    """What a content folder says, and what is to be said of it.

    Attributes
    ----------
    faults : tuple of Fault
        In the order of file and line; with any of them the content is not taken.
    warnings : tuple of Fault
        What its owner should look at although it is taken.
    """

    content: Content
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]


def review(root: Path, on: date, products: Collection[str] | None = None) -> Review:
    """Read a content folder and look at it as on a day.

    Parameters
    ----------
    products
        Ids of the bank's catalogue; None where there is none to hold entries against.
    """
    content, faults = read_and_check(root, products)
    warnings = (
        *validity_warnings(content, on),
        *near_questions(content.entries),
        *translation_warnings(content),
    )
    return Review(content, faults, tuple(sorted(warnings)))


def read_product_ids(path: Path) -> frozenset[str]:
    """Return the ids of a catalogue: a CSV file with a column ``product_id``.

    Raises
    ------
    ContentFaults
        The file cannot be read or lacks the column.
    """
    faults: list[Fault] = []
    text = read_text(path.parent, path.name, faults) or ""
    rows = list(read_open_table(text, path.name, (PRODUCT_ID,), faults))
    if not rows and not faults:
        faults.append(Place(path.name).fault("", "nothing_in_file"))
    if faults:
        raise ContentFaults(faults)
    return frozenset(row.cell(PRODUCT_ID)[0] for row in rows)
