"""The import from end to end: read, validate whole, then write in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from crm.errors import ImportRefused
from crm.imports.checks import check_all
from crm.imports.faults import Fault
from crm.imports.load import write_all
from crm.imports.reading import Sheet, read_sheet
from crm.imports.schema import file_forms
from crm.store import audit, imports
from crm.store.engine import Store
from crm.terms import Outcome


@dataclass(frozen=True, slots=True)
class Validated:
    """An import directory without faults, ready to be written."""

    sheets: Mapping[str, Sheet]


def validate(directory: Path, today: date) -> Validated:
    """Read a whole import directory.

    Parameters
    ----------
    today
        The day after which nothing can have happened yet.

    Raises
    ------
    ImportRefused
        With every fault found, in the order of files and lines.
    """
    forms = file_forms(today)
    sheets: dict[str, Sheet] = {}
    faults: list[Fault] = []
    for form in forms:
        sheets[form.name], found = read_sheet(directory, form)
        faults.extend(found)
    faults.extend(check_all(forms, sheets))
    if faults:
        order = [form.name for form in forms]
        faults.sort(key=lambda fault: (order.index(fault.file), fault.line))
        raise ImportRefused(tuple(faults))
    return Validated(sheets)


def import_directory(store: Store, directory: Path, now: datetime) -> Mapping[str, int]:
    """Validate a directory and write it in one transaction.

    Parameters
    ----------
    now
        The moment of the import in the bank's time zone.

    Returns
    -------
    Mapping of str to int
        Rows written, by file name.

    Raises
    ------
    ImportRefused
        When there are faults; the store is untouched.
    """
    validated = validate(directory, now.date())
    with store.begin() as session:
        counts = write_all(session.connection(), validated.sheets)
        audit.record(
            session,
            at=now,
            actor="crm.import",
            action=imports.ACTION,
            subject="store",
            outcome=Outcome.DONE,
            detail={**counts, **imports.directory_detail(directory)},
        )
    return counts
