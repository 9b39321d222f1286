"""Nobody is shown, on any path, an entry that is not for his role or not for his branch."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import PageNotFound
from assistant.names import Topic
from assistant.replies.blocks import Block, Choices, Details, as_data
from assistant.replies.changes import ChangesPresenter
from assistant.replies.procedures import present_procedure
from assistant.replies.templates import Words
from assistant.services.changes import find_changes
from assistant.services.client_book import ClientBook
from assistant.services.pages import entry_page
from assistant.services.procedures import find_answer
from assistant.services.question import Memory, Question
from assistant.services.shelf import ContentShelf
from assistant.settings import Settings
from assistant.understanding.parts import Part
from crm.employees import Employee
from crm.store.engine import create_store
from crm.store.migrate import upgrade
from crm.store.session import Session
from crm.terms import Role
from knowledge.audience import Reader, may_read
from knowledge.library import Library
from tests.content.conftest import TODAY, Bank
from tests.knowledge.conftest import HEADER, HEADINGS, ROWS, SERVICES, entry_text

BRANCHES = ("B1", "B2", "B3")
# Of each: what stands in audience and in branches.
AUDIENCES = {
    "open": ((), ()),
    "leaders": (("leader",), ()),
    "two-roles": (("leader", "expert"), ()),
    "one-branch": ((), ("B1",)),
    "two-branches": ((), ("B1", "B3")),
    "leaders-there": (("leader",), ("B2",)),
    "owners": (("knowledge_owner",), ("B1", "B2")),
    "nobody-here": (("expert",), ("B9",)),
}
READERS = [(role, branch) for role, branch in product(Role, BRANCHES)]


def title(name: str, language: str) -> str:
    return f"密押{name}办理" if language == "zh" else f"Handling cipher {name}"


def hidden_from(role: str, branch: str) -> list[str]:
    reader = Reader(role, branch)
    return [name for name, (roles, at) in AUDIENCES.items() if not may_read(roles, at, reader)]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Entries that differ in their audience and are otherwise as alike as can be."""
    root = tmp_path_factory.mktemp("content")
    for (name, (roles, branches)), language in product(AUDIENCES.items(), HEADINGS):
        asked = "\n".join(f"  - {title(name, language)} {number}" for number in range(5))
        text = entry_text(
            "ebank-open",
            language,
            id=name,
            title=title(name, language),
            questions=asked,
            audience=f"[{', '.join(roles)}]",
        )
        related = ", ".join(other for other in AUDIENCES if other != name)
        more = (
            f"branches: [{', '.join(branches)}]\nrelated: [{related}]\n"
            f"changes:\n  - {{version: 1, on: 2026-01-01, by: A, what: {name} secret}}\n"
        )
        (root / language).mkdir(exist_ok=True)
        (root / language / f"{name}.md").write_text(
            text.replace("source: 示例规程\n", f"source: 示例规程\n{more}"), "utf-8"
        )
    (root / "services.yml").write_text(SERVICES, "utf-8")
    (root / "tariff.csv").write_text("\n".join([HEADER, *ROWS]) + "\n", "utf-8")
    return Library.load(root, TODAY)


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A session of a store without clients."""
    url = f"sqlite:///{tmp_path_factory.mktemp('store') / 'bank.db'}"
    upgrade(url)
    store = create_store(url)
    with store.read() as opened:
        yield opened
    store.close()


@pytest.fixture(scope="module")
def words() -> Words:
    return Words.load(Settings().replies_dir)


def resources(library: Library) -> Any:
    unread: Any = None  # names alone are looked up, and they come with the question
    return SimpleNamespace(
        content=ContentShelf(library), book=ClientBook(unread), today=lambda: TODAY
    )


def question(role: str, branch: str, language: str, text: str = "", **choices: str) -> Question:
    person = Employee("E1", "A", "A", Role(role), branch, "", "", None, ())
    return Question(
        employee=person,
        conversation_id="c",
        turn_id="t",
        text=text,
        language=language,  # type: ignore[arg-type]  # one of the two
        intent="ask_procedure",
        choices=choices,
        memory=Memory(),
        today=TODAY,
    )


def texts(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        yield str(as_data(block))
        if isinstance(block, Details):
            yield from texts(block.blocks)
        if isinstance(block, Choices):
            yield from (f"{choice.title} {choice.payload}" for choice in block.buttons)


def assert_hidden(shown: str, role: str, branch: str, language: str) -> None:
    for name in hidden_from(role, branch):
        assert f"{title(name, language)}'" not in shown, (name, role, branch)
        assert f'entry_id": "{name}"' not in shown, (name, role, branch)
        assert f"{name} secret" not in shown, (name, role, branch)


ASKED = [
    *(title(name, language) for name in AUDIENCES for language in HEADINGS),
    *("密押", "cipher", "密押办理要多久", "what papers for handling cipher leaders", "怎么办理"),
]


@pytest.mark.parametrize(("role", "branch"), READERS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_answer_offer_or_neighbour_is_one_that_is_hidden(
    library: Library, session: Session, words: Words, role: str, branch: str, language: str
) -> None:
    """Found, ambiguous, not found with the nearest three, related, and every part of each."""
    for text in ASKED:
        found = find_answer(resources(library), session, question(role, branch, language, text))
        shown = present_procedure(words, language, found)  # type: ignore[arg-type]
        assert_hidden("\n".join(texts(shown)), role, branch, language)


@pytest.mark.parametrize(("role", "branch"), READERS)
def test_neither_a_button_nor_a_follow_up_opens_what_is_hidden(
    library: Library, session: Session, words: Words, role: str, branch: str
) -> None:
    for name, part in product(hidden_from(role, branch), ("", *Part)):
        choices = {"entry_id": name, **({"part": part} if part else {})}
        asked = question(role, branch, "zh", **choices)
        found = find_answer(resources(library), session, asked)
        assert found.entry is None
        assert_hidden("\n".join(texts(present_procedure(words, "zh", found))), role, branch, "zh")
        remembered = Memory(topic=Topic.PROCEDURE, entry_id=name)
        follow_up = replace(question(role, branch, "zh", "要多久"), memory=remembered)
        assert find_answer(resources(library), session, follow_up).entry is None


@pytest.mark.parametrize(("role", "branch"), READERS)
def test_pages_and_the_question_about_changes_hide_it_too(
    library: Library, words: Words, bank: Bank, role: str, branch: str
) -> None:
    with bank.store.read() as session:
        for name in AUDIENCES:
            person = question(role, branch, "zh").employee
            if name in hidden_from(role, branch):
                with pytest.raises(PageNotFound):
                    entry_page(resources(library), session, person, name)
            else:
                assert entry_page(resources(library), session, person, name).entries
        for language in ("zh", "en"):
            asked = question(role, branch, language, "2026-01-01")
            found = find_changes(resources(library), session, asked)
            told = ChangesPresenter(words, language, library).answer(found)  # type: ignore[arg-type]
            assert_hidden("\n".join(texts(told)), role, branch, language)
            seen = {each.entry.entry_id for each in found.entries}
            assert seen == set(AUDIENCES) - set(hidden_from(role, branch))


@given(text=st.text(max_size=40), reader=st.sampled_from(READERS), limit=st.integers(1, 9))
def test_search_never_returns_what_the_asker_may_not_see(
    library: Library, text: str, reader: tuple[str, str], limit: int
) -> None:
    for language in ("zh", "en"):
        asked = f"{title('leaders', language)} {text}"
        found = library.search(asked, language, TODAY, Reader(*reader), limit)  # type: ignore[arg-type]
        assert not {hit.entry.entry_id for hit in found.hits} & set(hidden_from(*reader))


def test_without_a_reader_only_what_is_open_to_everyone_is_found(library: Library) -> None:
    found = library.search("密押", "zh", date(2026, 6, 1), None, 9)
    assert {hit.entry.entry_id for hit in found.hits} <= {"open"}
