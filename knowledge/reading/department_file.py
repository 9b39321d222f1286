"""The bank's departments from ``departments.yml``; without the file none is held against it."""

from pathlib import Path

from knowledge.departments import Department
from knowledge.errors import Fault
from knowledge.language import Bilingual
from knowledge.reading.files import read_text
from knowledge.reading.located import Located, read_yaml
from knowledge.reading.place import Place

DEPARTMENTS = "departments.yml"
_REQUIRED = ("name_zh", "name_en")
_FIELDS = (*_REQUIRED, "phone_zh", "phone_en")


def read_departments(root: Path, faults: list[Fault]) -> tuple[Department, ...]:
    """Read the departments in the order of the file."""
    if not (root / DEPARTMENTS).exists():
        return ()
    text = read_text(root, DEPARTMENTS, faults) or ""
    items = read_yaml(text, Place(DEPARTMENTS, 1), faults).items(faults)
    departments: dict[str, Department] = {}
    for item in items:
        department = _department(item, faults)
        if department.name.zh in departments:
            faults.append(item.place.fault(department.name.zh, "id_repeated"))
        departments[department.name.zh] = department
    return tuple(departments.values())


def _department(item: Located, faults: list[Fault]) -> Department:
    fields = item.fields(faults)
    for key in fields.keys() - set(_FIELDS):
        faults.append(fields[key].place.fault(key, "field_unknown"))
    nothing = Located(None, item.place)
    texts = {key: fields.get(key, nothing).text(faults) for key in _FIELDS}
    for key in _REQUIRED:
        if not texts[key]:
            faults.append(item.place.at(item.place.line, key).fault("", "field_missing"))
    return Department(
        Bilingual(texts["name_zh"], texts["name_en"]),
        Bilingual(texts["phone_zh"], texts["phone_en"]),
        item.place.line,
    )
