"""A question as it may be kept and shown to others: without anything that tells a client."""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from assistant.services.resources import Resources
from assistant.understanding import mentions
from assistant.understanding.folding import fold
from crm.clients.rights import ClientName, visible_clients
from crm.employees import Employee
from crm.store.session import Session

MASK = "***"

_CLIENT_NUMBER = re.compile(r"(?<![a-z0-9])c[\s-]?\d{3,9}(?![0-9a-z])")
_LONG_NUMBER = re.compile(r"\d(?:[\s-]?\d){8,}")  # accounts, cards, identity and telephone numbers
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+", re.ASCII)
_SHORTEST_CHINESE, _SHORTEST_LATIN = 2, 4

type _Span = tuple[int, int]


def without_clients(resources: Resources, session: Session, employee: Employee, text: str) -> str:
    """Return a text with clients' names and numbers blotted out.

    The asker's own clients are known by name; of others what reads like a person's or a company's
    name is blotted out, whoever it may be.
    """
    folded = fold(text)
    own = visible_clients(session, employee)
    found = resources.book.directory(employee.employee_id, own).find(text)
    meant = {match.client_id for match in found.matches}
    spans = [
        *(
            match.span()
            for p in (_CLIENT_NUMBER, _LONG_NUMBER, _MAIL)
            for match in p.finditer(folded)
        ),
        *(span for client in own if client.client_id in meant for span in _named(folded, client)),
        *((m.start, m.end) for m in _read_like_names(folded, text) if m.certain),
    ]
    return _blotted(text, spans)


def _read_like_names(folded: str, text: str) -> Iterable[mentions.Mention]:
    yield from mentions.titled(folded)
    yield from mentions.personal(folded)
    yield from mentions.companies(folded)
    yield from mentions.latin(text)


def _named(folded: str, client: ClientName) -> Iterator[_Span]:
    """Find the longest piece of each of a client's names in a text."""
    for name in {fold(client.name), fold(client.name_en)}:
        match = SequenceMatcher(None, folded, name, autojunk=False).find_longest_match()
        piece = folded[match.a : match.a + match.size].strip()
        shortest = _SHORTEST_LATIN if piece.isascii() else _SHORTEST_CHINESE
        if len(piece) >= shortest:
            yield match.a, match.a + match.size


def _blotted(text: str, spans: Iterable[_Span]) -> str:
    kept, done = [], 0
    for start, end in sorted(spans):
        if start >= done:
            kept.append(text[done:start])
            kept.append(MASK)
        done = max(done, end)
    return "".join([*kept, text[done:]])
