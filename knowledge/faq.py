"""A bank's own FAQ and real questions, to measure the search on.

``faq.csv``: entry_id, question, answer (several lines an entry); ``questions.csv``: question,
entry_id.
"""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import ContentFaults, Fault
from knowledge.reading.files import read_text
from knowledge.reading.place import Place
from knowledge.reading.tables import Cells, read_table
from knowledge.search.index import Document

FAQ_COLUMNS = ("entry_id", "question", "answer")
QUESTION_COLUMNS = ("question", "entry_id")


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A question, and the row number of the document that answers it."""

    text: str
    document: int


@dataclass(frozen=True, slots=True)
class Faq:
    """Documents and the questions asked of them."""

    documents: tuple[Document, ...]
    questions: tuple[LabelledQuestion, ...]


def read_faq(faq: Path, questions: Path) -> Faq:
    """Read both files.

    Raises
    ------
    ContentFaults
        Something in them cannot be read; carries every fault.
    """
    faults: list[Fault] = []
    answers: dict[str, list[Cells]] = defaultdict(list)
    for cells in _lines(faq, FAQ_COLUMNS, faults):
        answers[cells.values["entry_id"].strip()].append(cells)
    rows = {entry_id: row for row, entry_id in enumerate(answers)}
    asked = []
    for cells in _lines(questions, QUESTION_COLUMNS, faults):
        entry_id, place = cells.cell("entry_id")
        if entry_id in rows:
            asked.append(LabelledQuestion(cells.values["question"], rows[entry_id]))
        else:
            faults.append(place.fault(entry_id, "answer_unknown"))
    if not (answers and asked) and not faults:
        faults.append(Place(faq.name if asked else questions.name).fault("", "nothing_in_file"))
    if faults:
        raise ContentFaults(faults)
    return Faq(tuple(_document(lines) for lines in answers.values()), tuple(asked))


def _lines(path: Path, columns: tuple[str, ...], faults: list[Fault]) -> list[Cells]:
    text = read_text(path.parent, path.name, faults)
    return [] if text is None else list(read_table(text, path.name, columns, faults))


def _document(lines: list[Cells]) -> Document:
    said = [f"{line.values['question']}\n{line.values['answer']}" for line in lines]
    return Document(tuple(line.values["question"] for line in lines), "\n".join(said))
