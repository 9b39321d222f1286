"""Words of the tariff that stand in one language only."""

from collections.abc import Iterator

from knowledge.content import Content
from knowledge.errors import Fault
from knowledge.language import Bilingual
from knowledge.reading.place import Place
from knowledge.reading.service_file import SERVICES
from knowledge.reading.tariff_file import TARIFF


def translation_warnings(content: Content) -> Iterator[Fault]:
    """Yield notes of rows, and units of services, that one of the languages lacks."""
    for row in content.tariff.rows:
        yield from _one_sided(row.note, Place(TARIFF, row.line), "note")
    for service in content.tariff.services:
        yield from _one_sided(service.unit, Place(SERVICES, service.line), "unit")


def _one_sided(words: Bilingual, place: Place, name: str) -> Iterator[Fault]:
    if bool(words.zh) != bool(words.en):
        lacking = "en" if words.zh else "zh"
        yield place.at(place.line, f"{name}_{lacking}").fault(words.zh or words.en, "untranslated")
