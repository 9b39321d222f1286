"""The loop that fills gaps over a real store and the shipped content, without the dialogue."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count
from zoneinfo import ZoneInfo

from assistant.replies.templates import Words
from assistant.services.client_book import ClientBook
from assistant.services.gaps.answered import AnsweredContent
from assistant.services.gaps.noting import note_not_found
from assistant.services.gaps.sorting import GapClerk
from assistant.services.procedures import ProcedureAnswer, find_answer
from assistant.services.question import Language, Memory, Question
from assistant.services.resources import Resources
from assistant.services.selling import Selling
from assistant.services.shelf import ContentShelf, ModelShelf
from assistant.settings import Settings
from assistant.turns import log
from crm.employees import find_employee
from crm.store.engine import Store
from crm.store.session import Session
from crm.terms import Role
from knowledge.library import Library
from tests.support.outbox_bench import OutboxBench
from tests.support.turn_bench import Clock, incoming

TODAY = date(2026, 11, 25)
MANAGERS = ("E0001", "E0002", "E0003")
OWNER, OTHER_OWNER, LEADER = "E0008", "E0009", "E0007"
STAFF = {
    **dict.fromkeys(MANAGERS, (Role.MANAGER, "B1")),
    OWNER: (Role.KNOWLEDGE_OWNER, "B1"),
    OTHER_OWNER: (Role.KNOWLEDGE_OWNER, "B1"),
    LEADER: (Role.LEADER, "B1"),
}


@dataclass
class GapBench:
    """A store with managers, a leader and two knowledge owners, and what serves them."""

    store: Store
    words: Words
    files: Library
    clock: Clock = field(default_factory=Clock)
    numbers: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        self.resources, self.answered = self.process()
        self.clerk = GapClerk(self.store, self.resources.content, self.clock, days=3)
        self.outbox = OutboxBench(self.store, self.words, clock=self.clock)

    def process(self) -> tuple[Resources, AnsweredContent]:
        """Return what another service process over the same store would have."""
        resources = Resources(
            store=self.store,
            content=ContentShelf(self.files),
            model=ModelShelf(None),
            book=ClientBook(self.store),
            selling=Selling.load(Settings().selling_dir),
            today=lambda: TODAY,
            clock=self.clock,
            zone=ZoneInfo("Asia/Shanghai"),
        )
        return resources, AnsweredContent(resources.content, self.store, self.words)

    def question(self, session: Session, by: str, text: str = "", **more: object) -> Question:
        """Return a question of an open turn."""
        turn_id = f"t{next(self.numbers)}"
        language: Language = "zh" if not text.isascii() else "en"
        place = f"web:{by}:main"
        message = replace(
            incoming(text, turn_id, conversation_id=place), employee_id=by, language=language
        )
        log.open_turn(session, turn_id, message, self.clock())
        asked = Question(
            employee=find_employee(session, by),
            conversation_id=place,
            turn_id=turn_id,
            text=text,
            language=language,
            intent="",
            choices={},
            memory=Memory(),
            today=TODAY,
        )
        return replace(asked, **more)  # type: ignore[arg-type]

    def ask(self, by: str, text: str) -> ProcedureAnswer:
        """Ask as a manager does; what is not found is noted, the answer is kept."""
        with self.store.begin() as session:
            question = self.question(session, by, text)
            found = find_answer(self.resources, session, question)
            if found.missing:
                note_not_found(self.resources, session, question, found.shown)
            body = {"text": "", "language": question.language, "blocks": []}
            body["entries"] = list(found.shown)
            log.answer_turn(session, question.turn_id, question.conversation_id, body, self.clock())
        return found

    @contextmanager
    def as_owner(
        self, text: str = "", by: str = OWNER, language: Language = "zh", **choices: str
    ) -> Iterator[tuple[Session, Question]]:
        """Open a transaction and a question of a knowledge owner's button or text."""
        with self.store.begin() as session:
            question = self.question(session, by, text, choices=choices)
            yield session, replace(question, language=language)
