"""The asker's own clients as one book: gate, chances and values of every product."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from assistant.services.cases import Catalogue, cases_of, catalogue
from assistant.services.errors import NoClientsOfOwn
from assistant.services.question import Question
from assistant.services.resources import Resources
from crm.clients.care import clients_in_care
from crm.clients.rights import Client
from crm.employees import Employee, list_employees
from crm.store.session import Session
from crm.terms import Role
from recommender.book import Action, Book, open_book
from recommender.gate_block import MAY_BE_OFFERED
from recommender.gate_rules import GateRules, Rule

LISTED_MOST = 500
"""No list, and no export of one, is longer."""

_WITH_CLIENTS = frozenset({Role.MANAGER, Role.LEADER})


@dataclass(frozen=True, slots=True)
class OwnBook:
    """A book with the clients and products behind it."""

    book: Book
    clients: Mapping[str, Client]
    catalogue: Catalogue

    def held_back(self, product_id: str, rules: GateRules) -> dict[str, int]:
        """Count the clients that each rule keeps from a product, in the order of the rules."""
        column = list(self.catalogue.facts).index(product_id)
        names = (*rules.codes, Rule.UNKNOWN_TO_MODEL)
        codes = self.book.stops[:, column]
        counts = Counter(codes[codes != MAY_BE_OFFERED].tolist())
        return {str(names[code - 1]): counts[code] for code in sorted(counts)}

    def withheld(self, rules: GateRules, least: float, product_id: str = "") -> list[Action]:
        """Return what would have stood on a list but is withheld at random.

        Parameters
        ----------
        least
            Expected value in fen of the last entry that is shown.
        product_id
            Only this product; all of them when empty.
        """
        code = rules.codes.index(Rule.CONTROL_GROUP) + 1
        worth = self.book.chances * self.book.values
        rows, columns = np.nonzero((self.book.stops == code) & (worth >= least) & (worth > 0))
        found = [
            Action(
                client_id=self.book.cases[row].client_id,
                product_id=self.book.products[column].product_id,
                chance=float(self.book.chances[row, column]),
                value=int(self.book.values[row, column]),
            )
            for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
        ]
        return [one for one in found if product_id in ("", one.product_id)]


def overseen(
    session: Session, employee: Employee
) -> tuple[Mapping[str, Employee], tuple[str, str]]:
    """Return whose clients an employee sees beside his own: employees by id, and the branch.

    The branch is its Chinese and English name. Both are empty for who sees his own clients alone.
    """
    if employee.role is not Role.LEADER:
        return {}, ("", "")
    everybody = {one.employee_id: one for one in list_employees(session)}
    return everybody, (employee.branch_name_zh, employee.branch_name_en)


def require_clients(employee: Employee) -> None:
    """Refuse a role that looks after no clients.

    Raises
    ------
    NoClientsOfOwn
        For anybody but managers and leaders.
    """
    if employee.role not in _WITH_CLIENTS:
        raise NoClientsOfOwn


def open_own_book(resources: Resources, session: Session, question: Question) -> OwnBook:
    """Open the book of every client the asker may see.

    Raises
    ------
    NoClientsOfOwn
        The asker's role looks after no clients.
    """
    require_clients(question.employee)
    clients = {c.client_id: c for c in clients_in_care(session, question.employee)}
    known = catalogue(resources, session)
    today, selling = question.today, resources.selling
    cases = cases_of(resources, session, list(clients.values()), known.products, today)
    book = open_book(
        resources.model.in_use(), cases, known.facts, selling.values, today, selling.gate
    )
    return OwnBook(book, clients, known)
