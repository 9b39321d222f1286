"""Who my clients are: all of them, or those of one kind or grade."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.services.access import log_list
from assistant.services.books import overseen, require_clients
from assistant.services.question import Question
from assistant.services.resources import Resources
from assistant.understanding.details import find_client_kind
from assistant.understanding.fee_cues import find_grade
from crm.clients.roster import RosterEntry, roster
from crm.employees import Employee
from crm.store.session import Session
from crm.terms import Grade

ROSTER_SHOWN = 10

_VIP = "vip"
_BETWEEN = ":"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which clients are asked for: of a kind, of a grade; empty is any, ``vip`` above standard."""

    kind: str = ""
    grade: str = ""

    @classmethod
    def read(cls, text: str) -> "Wanted":
        """Read it from a message."""
        return cls(find_client_kind(text) or "", find_grade(text) or "")

    @classmethod
    def of(cls, subject: str) -> "Wanted":
        """Read it from the subject of a list shown."""
        kind, _, grade = subject.partition(_BETWEEN)
        return cls(kind, grade)

    @property
    def subject(self) -> str:
        """How a list shown remembers it."""
        return f"{self.kind}{_BETWEEN}{self.grade}"

    def fits(self, entry: RosterEntry) -> bool:
        """Tell whether a client is one of those asked for."""
        kind, grade = str(entry.client.kind), str(entry.client.grade)
        above = self.grade == _VIP and grade != str(Grade.STANDARD)
        return self.kind in ("", kind) and (above or self.grade in ("", grade))


@dataclass(frozen=True, slots=True)
class ClientRoster:
    """The asker's own clients, the largest deposits first.

    Attributes
    ----------
    entries
        Those to show, from position `first` of `total`.
    kinds, grades
        How many of the `total` are of each.
    managers
        By employee id; only for an asker who sees the clients of several.
    branch
        Its Chinese and English name, for such an asker.
    """

    wanted: Wanted
    entries: Sequence[RosterEntry]
    first: int
    total: int
    kinds: Mapping[str, int]
    grades: Mapping[str, int]
    managers: Mapping[str, Employee]
    branch: tuple[str, str] = ("", "")


def show_roster(resources: Resources, session: Session, question: Question) -> ClientRoster:
    """Return a page of the asker's own clients; each shown goes to the audit log.

    "Any more?" goes on where the list shown ended.

    Raises
    ------
    NoClientsOfOwn
        The asker's role looks after no clients.
    """
    listed = question.memory.listed
    wanted, first = Wanted.read(question.text), 0
    if question.choices.get("more") == "roster" and listed is not None and listed.kind == "roster":
        wanted, first = Wanted.of(listed.subject), listed.first + len(listed.rows)
    found = read_roster(session, question, wanted, first, ROSTER_SHOWN)
    shown = (entry.client.client_id for entry in found.entries)
    log_list(session, resources, question, shown, "show_roster")
    return found


def read_roster(
    session: Session, question: Question, wanted: Wanted, first: int, count: int
) -> ClientRoster:
    """Read the asker's own clients of a kind and grade without noting that anybody was shown."""
    employee = question.employee
    require_clients(employee)
    managers, branch = overseen(session, employee)
    fitting = [one for one in roster(session, employee, question.today) if wanted.fits(one)]
    return ClientRoster(
        wanted=wanted,
        entries=fitting[first : first + count],
        first=first,
        total=len(fitting),
        kinds=Counter(str(one.client.kind) for one in fitting),
        grades=Counter(str(one.client.grade) for one in fitting),
        managers=managers,
        branch=branch,
    )
