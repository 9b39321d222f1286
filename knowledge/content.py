"""Everything the business keeps in its content folder, read but not yet held together."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.departments import Department
from knowledge.entries import Entry
from knowledge.errors import Fault
from knowledge.history import HistoryNote
from knowledge.language import Language
from knowledge.reading.department_file import read_departments
from knowledge.reading.entry_files import read_entries
from knowledge.reading.history_file import read_history
from knowledge.reading.rate_file import read_rates
from knowledge.reading.service_file import read_services
from knowledge.reading.synonym_file import Groups, read_synonyms
from knowledge.reading.tariff_file import read_tariff
from knowledge.reading.waiver_file import read_waivers
from knowledge.tariff.rows import Tariff


@dataclass(frozen=True, slots=True)
class Content:
    """What the files of a content folder say."""

    entries: tuple[Entry, ...]
    tariff: Tariff
    synonyms: Mapping[Language, Groups]
    departments: tuple[Department, ...] = ()
    history: tuple[HistoryNote, ...] = ()


def read_content(root: Path, faults: list[Fault]) -> Content:
    """Read all files below a folder; every fault is added to the list."""
    return Content(
        entries=read_entries(root, faults),
        tariff=Tariff(
            rows=read_tariff(root, faults),
            services=read_services(root, faults),
            waivers=read_waivers(root, faults),
            rates=read_rates(root, faults),
        ),
        synonyms=read_synonyms(root, faults),
        departments=read_departments(root, faults),
        history=read_history(root, faults),
    )
