"""Whether content holds together: what no single file or line can know of itself."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import combinations
from pathlib import Path, PurePosixPath

from knowledge.checking.questions import shared_questions
from knowledge.checking.references import product_faults, reference_faults
from knowledge.content import Content, read_content
from knowledge.entries import Entry
from knowledge.errors import Fault
from knowledge.reading.place import Place
from knowledge.reading.service_file import SERVICES
from knowledge.reading.tariff_file import TARIFF
from knowledge.tariff.rows import Channel, ClientKind, Tariff, TariffRow
from knowledge.tariff_check import price_faults

FEWEST_QUESTIONS = 5


def read_and_check(
    root: Path, products: Collection[str] | None = None
) -> tuple[Content, tuple[Fault, ...]]:
    """Read a content folder; return what it says and every fault by file and line."""
    faults: list[Fault] = []
    content = read_content(root, faults)
    return content, tuple(sorted([*faults, *check_content(content, products)]))


def check(root: Path) -> tuple[Fault, ...]:
    """Return every fault below a content folder, in the order of file and line."""
    return read_and_check(root)[1]


def check_content(content: Content, products: Collection[str] | None = None) -> tuple[Fault, ...]:
    """Return the faults between entries, between tariff rows, and between files.

    Parameters
    ----------
    products : collection of str or None
        Ids of the bank's catalogue that entries and waivers may name; None leaves them unlooked at.
    """
    return (
        *(fault for entry in content.entries for fault in _entry_faults(entry)),
        *_translation_faults(content.entries),
        *shared_questions(content.entries),
        *reference_faults(content),
        *_service_faults(content.tariff),
        *_overlaps(content.tariff.rows),
        *price_faults(content.tariff, products),
        *product_faults(content, products),
    )


def _entry_faults(entry: Entry) -> Iterator[Fault]:
    place = Place(entry.file, 1)
    if entry.entry_id and entry.entry_id != PurePosixPath(entry.file).stem:
        yield place.at(1, "id").fault(entry.entry_id, "id_not_file_name")
    if len(entry.questions) < FEWEST_QUESTIONS:
        yield place.at(1, "questions").fault(str(len(entry.questions)), "few_questions")
    if not entry.steps:
        yield place.fault(entry.title, "no_steps")


def _translation_faults(entries: tuple[Entry, ...]) -> Iterator[Fault]:
    versions = {(entry.entry_id, entry.language): entry.version for entry in entries}
    for entry in entries:
        other = versions.get((entry.entry_id, "en" if entry.language == "zh" else "zh"))
        if other is None:
            yield Place(entry.file, 1, "id").fault(entry.entry_id, "translation_missing")
        elif entry.version < other:
            value = f"{entry.version} / {other}"
            yield Place(entry.file, 1, "version").fault(value, "translation_version")


def _service_faults(tariff: Tariff) -> Iterator[Fault]:
    known = {service.service for service in tariff.services}
    priced = {row.service for row in tariff.rows}
    for row in tariff.rows:
        if row.service and row.service not in known:
            yield Place(TARIFF, row.line, "service").fault(row.service, "service_unknown")
    for service in tariff.services:
        if service.service not in priced:
            yield Place(SERVICES, service.line).fault(service.service, "service_unpriced")


def _overlaps(rows: tuple[TariffRow, ...]) -> Iterator[Fault]:
    """Prove that no question has two answers: compare every two rows of a service and currency."""
    groups: dict[tuple[str, str], list[TariffRow]] = defaultdict(list)
    for row in rows:
        groups[row.service, row.currency].append(row)
    for group in groups.values():
        for first, second in combinations(group, 2):
            if _answer_alike(first, second):
                value = f"{first.row_id} ({TARIFF}:{first.line})"
                yield Place(TARIFF, second.line, "effective_from").fault(value, "rows_overlap")


def _answer_alike(first: TariffRow, second: TariffRow) -> bool:
    kinds = {first.client_kind, second.client_kind}
    channels = {first.channel, second.channel}
    begins = max(first.effective_from, second.effective_from)
    return (
        (len(kinds) == 1 or ClientKind.BOTH in kinds)
        and (len(channels) == 1 or Channel.ANY in channels)
        and first.valid(begins)
        and second.valid(begins)
    )
