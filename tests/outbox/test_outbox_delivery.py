"""Unasked messages appear once, where and in the language their reader expects them."""

import asyncio
from datetime import timedelta

import pytest

from assistant.replies.blocks import Block, Choice, Choices, Text
from assistant.replies.notices import PRESENTERS, Presenter, notice
from crm import outbox
from tests.support.outbox_bench import OutboxBench


def shows(block: Block) -> Presenter:
    return lambda *_: [block]


def test_a_message_appears_in_the_conversation_without_a_turn(bench: OutboxBench) -> None:
    bench.enqueue("甲")
    assert bench.deliver() == 1
    assert bench.told() == [bench.words.say("zh", "talk.greet", name="甲")]
    assert [message.role for message in bench.unasked()] == ["assistant"]


def test_delivering_again_says_nothing_again(bench: OutboxBench) -> None:
    bench.enqueue("甲")
    assert [bench.deliver() for _ in range(3)] == [1, 0, 0]
    assert len(bench.told()) == 1


def test_it_is_said_in_the_language_its_reader_was_last_answered_in(bench: OutboxBench) -> None:
    for number, language in enumerate(("en", "zh", "en")):
        bench.answered_in(language, place=f"web:E0001:thread{number}")
        bench.enqueue(f"k{number}")
        bench.deliver()
        [told] = bench.told(f"web:E0001:thread{number}")
        assert told == bench.words.say(language, "talk.greet", name=f"k{number}")  # type: ignore[arg-type]


def test_it_is_said_where_its_reader_last_wrote_or_where_it_was_meant_for(
    bench: OutboxBench,
) -> None:
    bench.answered_in("en", place="other:E0001:main")
    bench.enqueue("here")
    bench.enqueue("there", conversation_id="web:E0001:case7")
    bench.deliver()
    assert len(bench.told("other:E0001:main")) == 1
    assert len(bench.told("web:E0001:case7")) == 1


def test_a_stream_that_listens_is_woken(bench: OutboxBench) -> None:
    async def listen() -> bool:
        deliverer = bench.deliverer()
        with bench.board.listening("web:E0001:main") as grown:
            await deliverer.deliver()
            return grown.is_set()

    bench.enqueue("甲")
    assert asyncio.run(listen())


def test_a_message_without_words_waits_and_does_not_stop_the_next(bench: OutboxBench) -> None:
    bench.enqueue("broken", body=notice("no.such_sentence"))
    bench.enqueue("甲")
    assert bench.deliver() == 1
    assert bench.told() == [bench.words.say("zh", "talk.greet", name="甲")]
    assert bench.waiting() == 1


def test_a_message_is_delivered_once_its_fault_is_mended(
    bench: OutboxBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.enqueue("甲", body=notice("test.later"))
    bench.deliver()
    monkeypatch.setitem(PRESENTERS, "test.later", shows(Text("mended")))
    bench.clock.ahead += timedelta(seconds=2)
    assert bench.deliver() == 1
    assert bench.told() == ["mended"]


def test_a_button_of_a_message_is_signed_for_its_conversation(
    bench: OutboxBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = shows(Choices([Choice("open", "/open{}")]))
    monkeypatch.setitem(PRESENTERS, "test.button", shown)
    bench.enqueue("甲", body=notice("test.button"))
    bench.deliver()
    [message] = bench.unasked()
    [button] = message.body["blocks"][0]["buttons"]
    assert set(button) == {"title", "token"}


def test_an_orphan_of_a_dead_deliverer_is_told_within_fifteen_seconds(bench: OutboxBench) -> None:
    bench.enqueue("甲")
    with bench.store.begin() as session:
        assert len(outbox.claim(session, bench.clock(), limit=5)) == 1  # and dies
    assert bench.deliver() == 0
    bench.clock.ahead += timedelta(seconds=15)
    assert bench.deliver() == 1


def test_a_deliverer_that_was_too_slow_shows_nothing(bench: OutboxBench) -> None:
    bench.enqueue("甲")
    with bench.store.begin() as session:
        [held] = outbox.claim(session, bench.clock(), limit=5)
    bench.clock.ahead += timedelta(seconds=15)
    assert bench.deliver() == 1
    assert bench.deliverer().deliver_one(held) is None
    assert len(bench.told()) == 1


def test_a_heap_is_delivered_in_the_order_it_was_written(bench: OutboxBench) -> None:
    for number in range(70):
        bench.enqueue(f"{number:02}")
    assert bench.deliver() == 70
    assert bench.told() == [
        bench.words.say("zh", "talk.greet", name=f"{number:02}") for number in range(70)
    ]


def test_what_waits_and_since_when_is_measured(bench: OutboxBench) -> None:
    bench.enqueue("甲", body=notice("no.such_sentence"))
    bench.clock.ahead += timedelta(seconds=90)
    bench.deliver()
    exposed = bench.metrics.exposition().decode()
    assert "rm_outbox_waiting 1.0" in exposed
    [age] = [line for line in exposed.splitlines() if line.startswith("rm_outbox_oldest_seconds ")]
    assert float(age.split()[1]) >= 90
    assert 'rm_outbox_messages_total{outcome="failed"} 1.0' in exposed
