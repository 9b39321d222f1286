"""A procedure is shown whole, or the part asked for; what a client gets holds nothing internal."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from assistant.replies.blocks import Block, Choices, Copyable, Items, Text
from assistant.replies.procedure_parts import EntryPresenter
from assistant.replies.procedures import present_procedure
from assistant.replies.templates import Words
from assistant.services.procedures import ProcedureAnswer
from assistant.understanding.parts import Part
from knowledge.entries import Entry

ENTRY = Entry(
    entry_id="seal",
    language="en",
    title="Seals",
    questions=(),
    department="Operations",
    phone="8011",
    products=(),
    client_kind="both",
    audience=(),
    duration="two days",
    decided_by="Supervisor",
    version=2,
    effective_from=date(2026, 1, 1),
    effective_to=None,
    source="Rules",
    steps=("one", "two"),
    papers=("card", "licence", "passport"),
    cautions=("mind",),
    notes="",
    file="en/seal.md",
    mistakes=("a slip",),
    form="ZH-06",
    services=("seal_change",),
    kinds={"papers": ("both", "corporate", "personal")},
)


def said(blocks: Iterable[Block]) -> str:
    return " | ".join(
        line
        for block in blocks
        for line in (block.items if isinstance(block, Items) else [getattr(block, "text", "")])
    )


@pytest.mark.parametrize(
    ("part", "holds", "lacks"),
    [
        (Part.PAPERS, ("card", "licence", "passport"), ("one", "Operations", "mind")),
        (Part.DURATION, ("two days",), ("card", "Supervisor")),
        (Part.DEPARTMENT, ("Operations", "8011"), ("two days", "card")),
        (Part.DECISION, ("Supervisor",), ("Operations",)),
        (Part.FORM, ("ZH-06",), ("card",)),
        (Part.MISTAKES, ("a slip", "mind"), ("card",)),
    ],
)
def test_a_part_is_told_alone_and_every_other_is_offered(
    words: Words, part: Part, holds: tuple[str, ...], lacks: tuple[str, ...]
) -> None:
    blocks = present_procedure(words, "en", ProcedureAnswer(ENTRY, (), parts=(part,)))
    text = said(blocks)
    assert all(piece in text for piece in holds)
    assert not any(piece in text for piece in lacks)
    (buttons,) = [block for block in blocks if isinstance(block, Choices)]
    offered = {choice.payload.split('"part": "')[-1].rstrip('"}') for choice in buttons.buttons}
    assert offered >= set(Part) - {part}
    assert part not in offered


def test_papers_of_the_kind_named_leave_out_those_of_the_other(words: Words) -> None:
    answer = ProcedureAnswer(ENTRY, (), parts=(Part.PAPERS,), client_kind="corporate")
    text = said(present_procedure(words, "en", answer))
    assert "licence" in text
    assert "passport" not in text


def test_what_is_forwarded_holds_papers_form_and_time_and_nothing_internal(words: Words) -> None:
    (block,) = EntryPresenter(words, "en", ENTRY).part(Part.FORWARD)
    assert isinstance(block, Copyable)
    for piece in ("[ ] card", "[ ] licence", "[ ] passport", "ZH-06", "two days"):
        assert piece in block.text
    for internal in ("Operations", "8011", "Supervisor", "mind", "a slip", "Rules", "one"):
        assert internal not in block.text


def test_internal_work_has_nothing_to_forward(words: Words) -> None:
    presenter = EntryPresenter(words, "en", replace(ENTRY, client_kind="none"))
    assert not presenter.has(Part.FORWARD)
    (block,) = presenter.part(Part.FORWARD)
    assert isinstance(block, Text)


def test_an_entry_of_notes_alone_says_its_notes_and_not_what_it_lacks(words: Words) -> None:
    bare = replace(
        ENTRY, steps=(), papers=(), cautions=(), mistakes=(), kinds={}, department="", notes="Yes."
    )
    assert said(EntryPresenter(words, "en", bare).whole()) == "Yes."


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_part_an_entry_says_nothing_of_is_answered_with_a_sentence(
    words: Words, language: str
) -> None:
    bare = replace(
        ENTRY,
        **dict.fromkeys(("steps", "papers", "cautions", "mistakes"), ()),
        **dict.fromkeys(("form", "department", "phone", "duration", "decided_by"), ""),
        kinds={},
    )
    for part in Part:
        (block,) = EntryPresenter(words, language, bare).part(part)  # type: ignore[arg-type]
        assert isinstance(block, Text)
        assert block.text
