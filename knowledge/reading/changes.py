"""The history of an entry from its front matter, a mapping for each change."""

from knowledge.entries import Change
from knowledge.errors import Fault
from knowledge.reading.located import Located
from knowledge.reading.values import Cell, read_date, read_whole

FIELDS = ("version", "on", "by", "what")


def read_changes(listed: Located, faults: list[Fault]) -> tuple[Change, ...]:
    """Return the changes, the newest first; what is missing in one is a fault."""
    changes = [_change(item, faults) for item in listed.items(faults)]
    return tuple(sorted(changes, key=lambda change: (change.on, change.version), reverse=True))


def _change(item: Located, faults: list[Fault]) -> Change:
    fields = item.fields(faults)
    for key in fields.keys() - set(FIELDS):
        faults.append(fields[key].place.fault(key, "field_unknown"))
    nothing = {key: Located(None, item.place.at(item.place.line, key)) for key in FIELDS}
    cells: dict[str, Cell] = {}
    for key, found in {**nothing, **{k: fields[k] for k in FIELDS if k in fields}}.items():
        cells[key] = (found.text(faults), found.place)
    for key in ("by", "what"):
        if not cells[key][0]:
            faults.append(cells[key][1].fault("", "field_missing"))
    return Change(
        version=read_whole(cells["version"], faults),
        on=read_date(cells["on"], faults),
        by=cells["by"][0],
        what=cells["what"][0],
    )
