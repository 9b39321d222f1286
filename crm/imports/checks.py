"""What must hold between rows and between files, once each cell has been read."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from crm.imports.faults import Fault
from crm.imports.reading import Row, Sheet
from crm.imports.schema import FileForm
from crm.terms import ClientKind, Role

Sheets = Mapping[str, Sheet]

_REFERENCES = (
    ("employees.csv", "branch_id", "branches.csv", "branch_id"),
    ("employees.csv", "leader_id", "employees.csv", "employee_id"),
    ("clients.csv", "branch_id", "branches.csv", "branch_id"),
    ("clients.csv", "manager_id", "employees.csv", "employee_id"),
    ("corporate.csv", "client_id", "clients.csv", "client_id"),
    ("personal.csv", "client_id", "clients.csv", "client_id"),
    ("holdings.csv", "client_id", "clients.csv", "client_id"),
    ("holdings.csv", "product_id", "products.csv", "product_id"),
    ("indicators.csv", "client_id", "clients.csv", "client_id"),
)


def check_all(forms: Iterable[FileForm], sheets: Sheets) -> Iterator[Fault]:
    """Yield every fault between rows and between files."""
    for form in forms:
        yield from _duplicates(form, sheets[form.name])
    for file, column, target, key in _REFERENCES:
        yield from _unknown(sheets[file], column, sheets[target], key)
    yield from _listed(sheets["products.csv"], "requires", sheets["products.csv"], "product_id")
    yield from _listed(sheets["products.csv"], "branches", sheets["branches.csv"], "branch_id")
    yield from _windows(sheets["products.csv"])
    yield from _leaders(sheets["employees.csv"])
    yield from _managers(sheets["clients.csv"], sheets["employees.csv"])
    yield from _profiles(sheets, "corporate.csv", ClientKind.CORPORATE)
    yield from _profiles(sheets, "personal.csv", ClientKind.PERSONAL)
    yield from _periods(sheets["holdings.csv"])


def _numbered(sheet: Sheet) -> Iterator[tuple[int, Row]]:
    return zip(sheet.lines, sheet.rows, strict=True)


def _by_id(sheet: Sheet, key: str) -> dict[object, Row]:
    return {row[key]: row for row in sheet.rows if row[key] is not None}


def _duplicates(form: FileForm, sheet: Sheet) -> Iterator[Fault]:
    first: dict[tuple[object, ...], tuple[int, Row]] = {}
    for line, row in _numbered(sheet):
        key = tuple(row[name] for name in form.key)
        if None in key:
            continue
        earlier_line, earlier = first.setdefault(key, (line, row))
        if earlier_line == line:
            continue
        shown = " ".join(str(part) for part in key)
        detail = {"line": str(earlier_line)}
        if _two_managers(earlier, row):
            detail |= {"one": str(earlier["manager_id"]), "other": str(row["manager_id"])}
            yield Fault(sheet.name, line, "manager_id", shown, "two_managers", detail)
        else:
            yield Fault(sheet.name, line, form.key[0], shown, "duplicate", detail)


def _two_managers(one: Row, other: Row) -> bool:
    return None not in (one.get("manager_id"), other.get("manager_id")) and (
        one["manager_id"] != other["manager_id"]
    )


def _unknown(sheet: Sheet, column: str, target: Sheet, key: str) -> Iterator[Fault]:
    if not target.complete:
        return
    known = {row[key] for row in target.rows}
    for line, row in _numbered(sheet):
        value = row[column]
        if value is not None and value not in known:
            detail = {"target": target.name}
            yield Fault(sheet.name, line, column, str(value), "unknown_reference", detail)


def _listed(sheet: Sheet, column: str, target: Sheet, key: str) -> Iterator[Fault]:
    """Yield every id of a list that is not in its own file."""
    if not target.complete:
        return
    known = _by_id(target, key)
    for line, row in _numbered(sheet):
        named = row.get(column)
        for one in named if isinstance(named, tuple) else ():
            if one not in known:
                detail = {"target": target.name}
                yield Fault(sheet.name, line, column, one, "unknown_reference", detail)


def _windows(products: Sheet) -> Iterator[Fault]:
    for line, row in _numbered(products):
        begins, ends = row.get("sold_from"), row.get("sold_until")
        if isinstance(begins, date) and isinstance(ends, date) and ends < begins:
            detail = {"begins": begins.isoformat()}
            yield Fault(
                products.name, line, "sold_until", ends.isoformat(), "window_closed", detail
            )


def _leaders(employees: Sheet) -> Iterator[Fault]:
    known = _by_id(employees, "employee_id")
    for line, row in _numbered(employees):
        leader = known.get(row["leader_id"])
        if leader is None:
            continue
        shown = str(row["leader_id"])
        if row["role"] is Role.LEADER:
            yield Fault(employees.name, line, "leader_id", shown, "leader_led")
        elif leader["role"] not in (None, Role.LEADER):
            detail = {"role": str(leader["role"])}
            yield Fault(employees.name, line, "leader_id", shown, "not_leader", detail)


def _managers(clients: Sheet, employees: Sheet) -> Iterator[Fault]:
    known = _by_id(employees, "employee_id")
    for line, row in _numbered(clients):
        manager = known.get(row["manager_id"])
        if manager is None:
            continue
        shown = str(row["manager_id"])
        if manager["role"] not in (None, Role.MANAGER):
            detail = {"role": str(manager["role"])}
            yield Fault(clients.name, line, "manager_id", shown, "not_manager", detail)
        branches = (row["branch_id"], manager["branch_id"])
        if None not in branches and branches[0] != branches[1]:
            detail = {"client_branch": str(branches[0]), "manager_branch": str(branches[1])}
            yield Fault(clients.name, line, "manager_id", shown, "other_branch", detail)


def _profiles(sheets: Sheets, file: str, kind: ClientKind) -> Iterator[Fault]:
    clients, profiles = sheets["clients.csv"], sheets[file]
    known = _by_id(clients, "client_id")
    for line, row in _numbered(profiles):
        client = known.get(row["client_id"])
        if client is not None and client["kind"] not in (None, kind):
            shown, detail = str(row["client_id"]), {"kind": str(client["kind"])}
            yield Fault(file, line, "client_id", shown, "wrong_profile", detail)
    if not profiles.complete:
        return
    described = _by_id(profiles, "client_id")
    for line, row in _numbered(clients):
        client_id = row["client_id"]
        if row["kind"] is kind and client_id is not None and client_id not in described:
            detail = {"target": file}
            yield Fault(clients.name, line, "client_id", str(client_id), "no_profile", detail)


def _periods(holdings: Sheet) -> Iterator[Fault]:
    periods: dict[tuple[object, object], list[tuple[date, date, int]]] = defaultdict(list)
    for line, row in _numbered(holdings):
        opened, closed = row["opened_on"], row["closed_on"] or date.max
        if line in holdings.faulty or not (isinstance(opened, date) and isinstance(closed, date)):
            continue
        if closed < opened:
            detail = {"opened": opened.isoformat()}
            shown = closed.isoformat()
            yield Fault(holdings.name, line, "closed_on", shown, "closed_before_opened", detail)
        elif row["client_id"] is not None and row["product_id"] is not None:
            periods[row["client_id"], row["product_id"]].append((opened, closed, line))
    for (client_id, product_id), spans in periods.items():
        yield from _overlaps(holdings.name, f"{client_id} {product_id}", spans)


def _overlaps(file: str, shown: str, spans: list[tuple[date, date, int]]) -> Iterator[Fault]:
    spans.sort()
    open_until, open_line, opened_before = date.min, 0, date.min
    for opened, closed, line in spans:
        # Two rows of the same day are already told as duplicates.
        if opened < open_until and opened != opened_before:
            yield Fault(file, line, "opened_on", shown, "overlap", {"line": str(open_line)})
        if closed > open_until:
            open_until, open_line = closed, line
        opened_before = opened
