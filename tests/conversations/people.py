"""Who asks, and which clients the placeholders of a case stand for, read from the store."""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from pypinyin import lazy_pinyin

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_COMPOUND = 4
_REGION = 2


@dataclass(frozen=True, slots=True)
class Employee:
    """Somebody who may sign in."""

    employee_id: str
    name: str
    name_en: str
    role: str
    branch_id: str


@dataclass(frozen=True, slots=True)
class Client:
    """A client as the store has one."""

    client_id: str
    kind: str
    name: str
    name_en: str
    branch_id: str
    manager_id: str
    grade: str
    do_not_contact: bool = False
    expired: bool = False


class People:
    """Everybody in the store of one installation."""

    def __init__(self, store: Path) -> None:
        with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as connection:
            columns = "employee_id, name, coalesce(name_en, name), role, branch_id"
            staff = connection.execute(f"SELECT {columns} FROM employees ORDER BY employee_id")
            self.employees = [Employee(*row) for row in staff]
            columns = "client_id, kind, name, coalesce(name_en, name), branch_id, manager_id, grade"
            known = connection.execute(
                f"SELECT {columns}, do_not_contact, coalesce(risk_expires_on < '2026-11-01', 0)"
                " AND client_id NOT IN"
                " (SELECT client_id FROM holdings WHERE product_id = 'FUND_OPEN')"
                " FROM clients ORDER BY client_id"
            )
            self.clients = [Client(*row) for row in known]
            held = "SELECT client_id, product_id FROM holdings WHERE closed_on IS NULL"
            self.holdings = frozenset(connection.execute(held))

    def visible_to(self, employee: Employee) -> list[Client]:
        """Return the clients an employee may see: his own, or a leader's whole branch."""
        if employee.role == "manager":
            return [c for c in self.clients if c.manager_id == employee.employee_id]
        if employee.role == "leader":
            return [c for c in self.clients if c.branch_id == employee.branch_id]
        return []

    def colleague_of(self, employee: Employee) -> Employee:
        """Return somebody else with clients of his own."""
        return next(e for e in self.employees if e.role == "manager" and e != employee)

    def cast(self, role: str, texts: str, case: str) -> tuple[Employee, Mapping[str, str]]:
        """Return an employee of a role who has what a case needs, and what its names stand for.

        Raises
        ------
        LookupError
            Nobody in the store has all of it.
        """
        needed = set(_PLACEHOLDER.findall(texts))
        having = [e for e in self.employees if e.role == role]
        start = crc32(case.encode()) % len(having)
        for employee in [*having[start:], *having[:start]]:
            names = Names(self, employee).resolve(needed)
            if names is not None:
                return employee, names
        raise LookupError(f"{case}: no {role} of the sample has {sorted(needed)}")


def fill(text: str, names: Mapping[str, str]) -> str:
    """Return a text with its placeholders filled in."""
    return _PLACEHOLDER.sub(lambda match: names[match[1]], text)


class Names:
    """What the placeholders stand for when one employee asks."""

    def __init__(self, people: People, employee: Employee) -> None:
        self._people = people
        self._employee = employee
        self._own = people.visible_to(employee)

    def resolve(self, needed: set[str]) -> Mapping[str, str] | None:
        """Return a value for each name, or None when one of them has none."""
        values: dict[str, str] = {"me": self._employee.name, "me_en": self._employee.name_en}
        for _, found in self._groups(needed):
            values |= found
        return values if needed <= set(values) else None

    def _groups(self, needed: set[str]) -> Iterator[tuple[str, Mapping[str, str]]]:
        for prefix, group in (
            ("client", self._persons),
            ("company", self._companies),
            ("other", self._others),
            ("stranger", self._strangers),
            ("ambiguous", self._ambiguous),
            ("surname", self._surnames),
            ("silent", self._silent),
            ("expired", self._expired),
            ("graded", self._graded),
        ):
            if any(prefix in name for name in needed):
                yield prefix, group()

    def _graded(self) -> dict[str, str]:
        """Return own people of each grade, and one with mobile banking, all of clear names."""
        found: dict[str, str] = {}
        for client in self._clear():
            mobile = (client.client_id, "MOBILE_P") in self._people.holdings
            names = (f"graded_{client.grade}", "graded_mobile" if mobile else "")
            for name in filter(None, names):
                found.setdefault(name, client.name)
                found.setdefault(f"{name}_en", client.name_en)
                found.setdefault(f"{name}_id", client.client_id)
        return found

    def _clear(self) -> list[Client]:
        """Return the asker's own people whose names sound like nobody else's of his."""
        own = [c for c in self._own if c.kind == "personal" and not c.do_not_contact]
        sounds = Counter(_sound(c.name) for c in own)
        written = Counter(c.name[1:] for c in own)
        heard = Counter(_sound(c.name[1:]) for c in own)
        return [
            c
            for c in own
            if len(c.name) == 3
            and sounds[_sound(c.name)] == written[c.name[1:]] == heard[_sound(c.name[1:])] == 1
        ]

    def _persons(self) -> dict[str, str]:
        """Return two of the asker's own people whose names sound like nobody else's of his."""
        clear = self._clear()
        misheard = {c.client_id: self._misheard(c.name) for c in clear}
        clear.sort(key=lambda c: not misheard[c.client_id])
        if len(clear) < 2 or not misheard[clear[0].client_id]:
            return {}
        first, second = clear[:2]
        surname, given = first.name_en.split(" ", 1)
        return {
            "client": first.name,
            "client_en": first.name_en,
            "client_en_turned": f"{given} {surname}",
            "client_en_slip": f"{surname} {given[:-2]}{given[-1]}",
            "client_id": first.client_id,
            "client_given": first.name[1:],
            "client_pinyin": first.name_en.lower(),
            "client_misheard": misheard[first.client_id],
            "second_client": second.name,
            "second_client_en": second.name_en,
            "second_client_id": second.client_id,
        }

    def _misheard(self, name: str) -> str:
        """Return a name that sounds the same and is written with another last character."""
        characters = {c.name[-1] for c in self._people.clients if c.kind == "personal"}
        known = {c.name for c in self._own}
        for other in sorted(characters - {name[-1]}):
            if _sound(other) == _sound(name[-1]) and name[:-1] + other not in known:
                return name[:-1] + other
        return ""

    def _companies(self) -> dict[str, str]:
        """Return one of the asker's own firms whose middle no other firm of his has."""
        own = [c for c in self._own if c.kind == "corporate" and not c.do_not_contact]
        middles = Counter(_middle(c) for c in own)
        clear = [c for c in own if middles[_middle(c)] == 1 and len(_middle(c)) == 2]
        if len(clear) < 2:
            return {}
        first, second = clear[:2]
        return {
            "company": first.name,
            "company_en": first.name_en,
            "company_id": first.client_id,
            "company_part": _middle(first) + _business(first),
            "company_part_en": " ".join(first.name_en.split()[:2]),
            "company_slip": first.name[:3] + first.name[4:],
            "second_company": second.name,
            "second_company_en": second.name_en,
        }

    def _others(self) -> dict[str, str]:
        """Return a person and a firm of a colleague that resemble nobody the asker may see."""
        mine = {c.client_id for c in self._own}
        given = {_sound(c.name[1:]) for c in self._own} | {c.name[:2] for c in self._own}
        sounds = {syllable for c in self._own for syllable in lazy_pinyin(c.name[-1])}
        foreign = [c for c in self._people.clients if c.client_id not in mine]
        people = [c for c in foreign if c.kind == "personal" and len(c.name) == 3]
        unlike = [
            c
            for c in people
            if c.name[:2] not in given and not set(lazy_pinyin(c.name[-1])) & sounds
        ]
        # A leader sees so many that somebody always resembles: then only numbers are asked for.
        person = (unlike or people)[0]
        middles = {_middle(c) for c in self._own if c.kind == "corporate"}
        firms = [c for c in foreign if c.kind == "corporate"]
        unlike_firm = next(c for c in firms if _middle(c) not in middles)
        alike_firm = next((c for c in firms if _middle(c) in middles), unlike_firm)
        return {
            "other_client": person.name,
            "other_client_en": person.name_en,
            "other_client_id": person.client_id,
            "other_company": unlike_firm.name,
            "other_company_en": unlike_firm.name_en,
            "other_company_id": unlike_firm.client_id,
            "other_company_alike": alike_firm.name,
            "other_company_alike_en": alike_firm.name_en,
            "other_company_alike_id": alike_firm.client_id,
        }

    def _strangers(self) -> dict[str, str]:
        """Return a number and names that nobody has, of the form of one."""
        last = max(int(c.client_id[1:]) for c in self._people.clients)
        return {
            "stranger_id": f"C{last + 5000:06d}",
            "stranger": "鲁璎珞",
            "stranger_en": "Lu Yingluo",
            "stranger_of_rare_surname": "卞璎珞",
        }

    def _ambiguous(self) -> dict[str, str]:
        """Return a full name that two of the asker's own people share."""
        named: dict[str, list[Client]] = {}
        for client in self._own:
            named.setdefault(client.name, []).append(client)
        for name, clients in named.items():
            if len(clients) == 2:
                return _pair(name, clients)
        return {}

    def _silent(self) -> dict[str, str]:
        """Return one of the asker's own clients who does not want to be contacted."""
        found = next((c for c in self._own if c.do_not_contact), None)
        return {} if found is None else {"silent_id": found.client_id}

    def _expired(self) -> dict[str, str]:
        """Return a person whose risk questionnaire has run out and who holds no fund."""
        own = (c for c in self._own if c.kind == "personal" and not c.do_not_contact and c.expired)
        found = next(own, None)
        return {} if found is None else {"expired_id": found.client_id}

    def _surnames(self) -> dict[str, str]:
        """Return a surname that from three to five of the asker's own people bear."""
        counts = Counter(
            (c.name[0], c.name_en.split()[0]) for c in self._own if c.kind == "personal"
        )
        spelled = Counter(pinyin for _, pinyin in counts)
        for (surname, pinyin), count in sorted(counts.items()):
            if count in range(3, 6) and spelled[pinyin] == 1:
                return {"surname": surname, "surname_en": pinyin}
        return {}


def _pair(name: str, clients: Sequence[Client]) -> dict[str, str]:
    first, second = clients
    return {
        "ambiguous_name": name,
        "ambiguous_name_en": first.name_en,
        "ambiguous_first_id": first.client_id,
        "ambiguous_second_id": second.client_id,
    }


def _sound(name: str) -> str:
    return " ".join(lazy_pinyin(name))


def _middle(firm: Client) -> str:
    """Return the part of a firm's name between the place and the trade."""
    return firm.name[_REGION:_COMPOUND]


def _business(firm: Client) -> str:
    return firm.name[_COMPOUND : _COMPOUND + 2]
