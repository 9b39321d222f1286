"""Pictures and files are kept with the answer that carries them, for its conversation alone."""

import asyncio
import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from assistant.errors import FileNotKept, TurnClosed
from assistant.replies.blocks import Details, File, Picture, Reply, Text, attachments
from assistant.turns import attachments as kept_files
from assistant.turns import log
from assistant.turns.dialogue import Utterance
from crm.store.tables.attachments import Attachment
from tests.support.turn_bench import HERE, Bench, incoming

NOW = datetime(2026, 9, 30, 8, tzinfo=UTC)
PICTURE = Picture(b"\x89PNG", "a bar", "bars.png")
FILE = File(b"PK", "list.xlsx", "application/zip")
BLOCKS = (Text("see"), PICTURE, Details("more", (FILE,)))


def opened(bench: Bench, turn_id: str) -> str:
    with bench.store.begin() as session:
        log.open_turn(session, turn_id, incoming(turn_id), NOW)
    return turn_id


def answer(bench: Bench, turn_id: str, *blocks: Picture | File) -> None:
    body = bench.writer.body(Reply(BLOCKS, "en"), HERE)
    with bench.store.begin() as session:
        log.answer_turn(session, turn_id, HERE, body, NOW, blocks or attachments(BLOCKS))


def kept(bench: Bench) -> int:
    with bench.store.read() as session:
        return session.execute(select(func.count()).select_from(Attachment)).scalar_one()


def test_an_answer_names_its_files_without_their_content(bench: Bench) -> None:
    """What is logged and streamed is small; the content waits until it is fetched."""
    body = json.loads(json.dumps(bench.writer.body(Reply(BLOCKS, "en"), HERE)))
    _, picture, details = body["blocks"]
    assert picture == {
        "alt": "a bar",
        "name": "bars.png",
        "media_type": "image/png",
        "file_id": PICTURE.file_id,
        "type": "picture",
        "size": 4,
    }
    assert details["blocks"][0]["size"] == len(FILE.content)


def test_what_an_answer_carries_is_found_in_its_conversation_only(bench: Bench) -> None:
    answer(bench, opened(bench, "t1"))
    with bench.store.read() as session:
        found = kept_files.find(session, FILE.file_id, HERE)
        assert (found.name, found.media_type, found.content) == (
            "list.xlsx",
            "application/zip",
            b"PK",
        )
        for file_id, conversation in ((FILE.file_id, "web:E0002:main"), ("unknown", HERE)):
            with pytest.raises(FileNotKept):
                kept_files.find(session, file_id, conversation)


def test_files_of_an_answer_that_came_too_late_are_not_kept(bench: Bench) -> None:
    answer(bench, opened(bench, "t1"))
    with pytest.raises(TurnClosed):
        answer(bench, "t1", File(b"late", "late.csv", "text/csv"))
    assert kept(bench) == 2


def test_an_answer_whose_files_cannot_be_kept_is_not_written(bench: Bench) -> None:
    """Answer and files are one transaction: no message ever names a file that is missing."""
    answer(bench, opened(bench, "t1"))
    opened(bench, "t2")
    with pytest.raises(IntegrityError):
        answer(bench, "t2", FILE)
    assert bench.statuses() == {"answered": 1, "received": 1}
    assert bench.messages() == 3


def test_a_turn_through_the_runner_keeps_its_files(bench: Bench) -> None:
    async def with_file(utterance: Utterance) -> None:
        turn = bench.signer.open_assertion(utterance.assertion, utterance.conversation_id)
        await asyncio.to_thread(answer, bench, turn.turn_id)

    bench.dialogue.behaviour = with_file
    messages = asyncio.run(bench.runner().submit(incoming("hello")))
    assert messages[-1].body["blocks"][1]["file_id"] == PICTURE.file_id
    assert kept(bench) == 2
