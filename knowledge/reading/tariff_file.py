"""The tariff from ``tariff.csv``."""

from pathlib import Path

from knowledge.errors import Fault
from knowledge.language import Bilingual
from knowledge.reading.basis import read_basis
from knowledge.reading.files import read_text
from knowledge.reading.tables import Cells, read_table
from knowledge.reading.values import read_choice, read_default, read_period
from knowledge.tariff.rounding import Rounding
from knowledge.tariff.rows import Channel, ClientKind, TariffRow
from knowledge.tariff.waivers import Stacking

TARIFF = "tariff.csv"
COLUMNS = (
    *("row_id", "service", "client_kind", "channel", "currency"),
    *("basis", "fee", "rate", "floor", "cap", "brackets", "rounding"),
    *("source_zh", "source_en", "effective_from", "effective_to"),
    *("note_zh", "note_en", "guided"),
)
OPTIONAL = ("period", "proration", "free_items", "stacking", "converts", "monotone")
"""Columns that a file without such prices may leave out."""
_REQUIRED = ("row_id", "service", "source_zh", "source_en")


def read_tariff(root: Path, faults: list[Fault]) -> tuple[TariffRow, ...]:
    """Read the rows that are whole; every other is told by its faults."""
    text = read_text(root, TARIFF, faults)
    if text is None:
        return ()
    rows: dict[str, TariffRow] = {}
    for cells in read_table(text, TARIFF, COLUMNS, faults, OPTIONAL):
        row = _read_row(cells, faults)
        if row is None:
            continue
        if row.row_id in rows:
            faults.append(cells.cell("row_id")[1].fault(row.row_id, "id_repeated"))
        rows[row.row_id] = row
    return tuple(rows.values())


def _read_row(cells: Cells, faults: list[Fault]) -> TariffRow | None:
    cells.require(_REQUIRED, faults)
    kind = read_choice(cells.cell("client_kind"), ClientKind, faults)
    channel = read_choice(cells.cell("channel"), Channel, faults)
    rounding = read_choice(cells.cell("rounding"), Rounding, faults)
    basis = read_basis(cells, faults)
    guided = read_choice(cells.cell("guided"), ("yes", "no"), faults)
    first, last = read_period(cells.cell("effective_from"), cells.cell("effective_to"), faults)
    if kind is None or channel is None or rounding is None or basis is None:
        return None
    return TariffRow(
        row_id=cells.cell("row_id")[0],
        service=cells.cell("service")[0],
        client_kind=kind,
        channel=channel,
        currency=cells.cell("currency")[0],
        basis=basis,
        rounding=rounding,
        source=Bilingual(cells.cell("source_zh")[0], cells.cell("source_en")[0]),
        effective_from=first,
        effective_to=last,
        note=Bilingual(cells.cell("note_zh")[0], cells.cell("note_en")[0]),
        guided=guided == "yes",
        stacking=read_default(cells.cell("stacking"), Stacking, Stacking.BEST, faults),
        converts=_says_yes(cells, "converts", faults),
        monotone=_says_yes(cells, "monotone", faults),
        line=cells.place.line,
    )


def _says_yes(cells: Cells, column: str, faults: list[Fault]) -> bool:
    return read_default(cells.cell(column), ("yes", "no"), "no", faults) == "yes"
