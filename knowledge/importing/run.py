"""Import workbooks and documents: everything they say goes in, or nothing does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from knowledge.check import read_and_check
from knowledge.errors import ContentFaults, Fault
from knowledge.importing import document, workbook
from knowledge.importing.document import ReadEntry, read_document
from knowledge.importing.entry_file import Import, entry_markdown
from knowledge.importing.staging import put_in_place, recover, staged
from knowledge.importing.tariff_merge import MergedTariff, merge_tariff
from knowledge.importing.tariff_sheet import SheetTariffRow, read_tariff_workbook
from knowledge.reading.entry_files import read_entries
from knowledge.reading.place import Place
from knowledge.reading.tariff_file import TARIFF


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import wrote, or would write.

    Attributes
    ----------
    files : tuple of str
        Paths below the content's root.
    rows_added, rows_changed : tuple of str
        Ids of tariff rows.
    entries : tuple of str
        Files of entries.
    """

    files: tuple[str, ...]
    rows_added: tuple[str, ...]
    rows_changed: tuple[str, ...]
    entries: tuple[str, ...]


@dataclass(slots=True)
class _Read:
    """What all files together say."""

    rows: list[SheetTariffRow] = field(default_factory=list)
    entries: dict[str, ReadEntry] = field(default_factory=dict)


def import_files(paths: Sequence[Path], root: Path, made: Import, *, dry_run: bool) -> Imported:
    """Read files, try them together with the content there is, and put them in place.

    Raises
    ------
    ContentFaults
        Anything does not hold together; carries every fault by file, sheet, row and column, and
        nothing was written.
    ImportRunning
        Another import is writing into this folder.
    """
    faults: list[Fault] = []
    recover(root)
    read = _read(paths, faults)
    before = {entry.file: entry for entry in read_entries(root, [])}
    tariff = merge_tariff(root, read.rows, made, faults)
    texts = {
        name: entry_markdown(entry, before.get(name), made) for name, entry in read.entries.items()
    }
    changes = {**tariff.files, **texts}
    if not faults:
        with staged(root, changes) as copy:
            found = read_and_check(copy)[1]
        faults += [_told(fault, tariff, read.entries) for fault in found]
    if faults:
        raise ContentFaults(faults)
    if not dry_run and changes:
        put_in_place(root, changes)
    return Imported(tuple(changes), tariff.added, tariff.changed, tuple(texts))


def _read(paths: Sequence[Path], faults: list[Fault]) -> _Read:
    read = _Read()
    for path in paths:
        suffix = path.suffix.lower()
        if not path.is_file():
            faults.append(Place(path.name).fault(str(path), "file_missing"))
        elif suffix in workbook.SUFFIXES:
            read.rows += read_tariff_workbook(path, faults)
        elif suffix in document.SUFFIXES:
            _take_entry(read, read_document(path, faults), faults)
        else:
            faults.append(Place(path.name).fault(suffix, "file_kind_unknown"))
    return read


def _take_entry(read: _Read, entry: ReadEntry | None, faults: list[Fault]) -> None:
    if entry is None:
        return
    entry_id = entry.fields.get("id", "")
    if not entry_id.replace("-", "").isalnum() or not entry_id.isascii():
        problem = "entry_id_bad" if entry_id else "field_missing"
        place = replace(entry.place("id"), column=entry.labels.get("id", "id"))
        faults.append(place.fault(entry_id, problem))
        return
    name = f"{entry.language}/{entry_id}.md"
    if name in read.entries:
        faults.append(entry.place("id").fault(entry_id, "id_repeated"))
    read.entries[name] = entry


def _told(fault: Fault, tariff: MergedTariff, entries: Mapping[str, ReadEntry]) -> Fault:
    """Return a fault at the place its owner knows: the sheet's row or the document's field."""
    row = tariff.origins.get(fault.line) if fault.file == TARIFF else None
    if row is not None:
        column = row.headings.get(fault.column, fault.column)
        value = row.typed.get(fault.column) or fault.value
        return Fault(row.place.file, row.place.line, column, value, fault.problem)
    entry = entries.get(fault.file)
    if entry is not None:
        place = entry.place(fault.column)
        return place.fault(fault.value, fault.problem)
    return fault
