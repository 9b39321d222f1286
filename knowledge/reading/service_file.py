"""Services from ``services.yml``."""

from pathlib import Path

from knowledge.errors import Fault
from knowledge.language import Bilingual
from knowledge.reading.files import read_text
from knowledge.reading.located import Located, read_yaml
from knowledge.reading.place import Place
from knowledge.tariff.services import Service

SERVICES = "services.yml"
_TEXTS = ("service", "name_zh", "name_en", "unit_zh", "unit_en")
_LISTS = ("aliases_zh", "aliases_en")


def read_services(root: Path, faults: list[Fault]) -> tuple[Service, ...]:
    """Read the services in the order of the file."""
    text = read_text(root, SERVICES, faults)
    if text is None:
        return ()
    items = read_yaml(text, Place(SERVICES, 1), faults).items(faults)
    services: dict[str, Service] = {}
    for item in items:
        service = _service(item, faults)
        if service.service in services:
            faults.append(item.place.fault(service.service, "id_repeated"))
        services[service.service] = service
    return tuple(services.values())


def _service(item: Located, faults: list[Fault]) -> Service:
    fields = item.fields(faults)
    for key in fields.keys() - {*_TEXTS, *_LISTS}:
        faults.append(fields[key].place.fault(key, "field_unknown"))
    nothing = Located(None, item.place)
    texts = {key: fields.get(key, nothing).text(faults) for key in _TEXTS}
    lists = {key: fields.get(key, nothing).texts(faults) for key in _LISTS}
    for key in ("service", "name_zh", "name_en"):
        if not texts[key]:
            faults.append(item.place.at(item.place.line, key).fault("", "field_missing"))
    return Service(
        service=texts["service"],
        name=Bilingual(texts["name_zh"], texts["name_en"]),
        aliases_zh=lists["aliases_zh"],
        aliases_en=lists["aliases_en"],
        unit=Bilingual(texts["unit_zh"], texts["unit_en"]),
        line=item.place.line,
    )
