"""References to what does not exist: entries, services, departments, products."""

from collections.abc import Collection, Iterator

from knowledge.content import Content
from knowledge.departments import Department
from knowledge.entries import Entry
from knowledge.errors import Fault
from knowledge.reading.place import Place


def reference_faults(content: Content) -> Iterator[Fault]:
    """Yield every reference of an entry to something the content does not have."""
    entries = {(entry.entry_id, entry.language) for entry in content.entries}
    services = {service.service for service in content.tariff.services}
    for entry in content.entries:
        for related in entry.related:
            if (related, entry.language) not in entries or related == entry.entry_id:
                yield _at(entry, "related").fault(related, "entry_unknown")
        for service in entry.services:
            if service not in services:
                yield _at(entry, "services").fault(service, "service_unknown")
        if content.departments:
            yield from _department_faults(entry, content.departments)


def product_faults(content: Content, products: Collection[str] | None) -> Iterator[Fault]:
    """Yield every product of an entry that is not in the catalogue, where there is one."""
    for entry in content.entries:
        for product in entry.products:
            if products is not None and product not in products:
                yield _at(entry, "products").fault(product, "product_unknown")


def _department_faults(entry: Entry, departments: Collection[Department]) -> Iterator[Fault]:
    named = [known for known in departments if known.name.text(entry.language) == entry.department]
    if not named:
        yield _at(entry, "department").fault(entry.department, "department_unknown")
    elif named[0].phone.text(entry.language) not in ("", entry.phone):
        yield _at(entry, "phone").fault(entry.phone, "department_phone")


def _at(entry: Entry, column: str) -> Place:
    return Place(entry.file, entry.lines.get(column, 1), column)
