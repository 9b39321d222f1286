"""Every message that was taken is answered or told as failed, once and in order."""

import asyncio
import threading
from datetime import timedelta

import pytest

from assistant.errors import DialogueUnreachable, MessageRefused, TurnClosed
from assistant.replies.templates import Words
from assistant.turns.dialogue import Utterance
from assistant.turns.runner import Limits
from tests.support.turn_bench import HERE, PATIENT, Bench, incoming, said

IMPATIENT = Limits(turn_seconds=1.0, waiting=200)
"""Of a turn that is to fail."""


async def gone(_: Utterance) -> None:
    raise DialogueUnreachable("ConnectError")


async def silent(_: Utterance) -> None:
    """Answer 200 with an empty list, as Rasa does when it drops a queued message."""


def test_a_hundred_messages_at_once_are_answered_in_the_order_they_came(bench: Bench) -> None:
    async def hundred() -> list[list[str]]:
        runner = bench.runner()
        asked = (runner.submit(incoming(f"message {n:03}")) for n in range(100))
        return [[said(m) for m in answer] for answer in await asyncio.gather(*asked)]

    answers = asyncio.run(hundred())
    expected = [[f"message {n:03}", f"answer to message {n:03}"] for n in range(100)]
    assert answers == expected
    assert [u.text for u in bench.dialogue.posted] == [own for own, _ in expected]
    assert [line for line in bench.conversation() if line.startswith("answer")] == [
        answer for _, answer in expected
    ]


def test_turns_of_one_conversation_never_overlap_and_those_of_two_do(bench: Bench) -> None:
    """Each turn waits for another one beside it, and that is never of its own conversation."""
    inside: list[str] = []
    met: list[set[str]] = []

    async def both() -> None:
        runner, meeting = bench.runner(), asyncio.Barrier(2)

        async def meet(utterance: Utterance) -> None:
            inside.append(utterance.conversation_id)
            await meeting.wait()
            met.append(set(inside))
            await meeting.wait()
            inside.remove(utterance.conversation_id)
            await bench.dialogue.answer(utterance)

        bench.dialogue.behaviour = meet
        await asyncio.gather(
            *(
                runner.submit(incoming(f"{place} {n}", conversation_id=place))
                for n in range(5)
                for place in ("web:E0001:a", "web:E0001:b")
            )
        )

    asyncio.run(both())
    assert met == [{"web:E0001:a", "web:E0001:b"}] * 10


def test_the_same_message_handed_in_again_returns_the_same_answer(bench: Bench) -> None:
    async def twice() -> tuple[list[int], list[int]]:
        runner = bench.runner()
        first = await runner.submit(incoming("hello", "m1"))
        second = await runner.submit(incoming("hello", "m1"))
        return [m.id for m in first], [m.id for m in second]

    first, second = asyncio.run(twice())
    assert first == second
    assert bench.conversation() == ["hello", "answer to hello"]


def test_the_same_message_twenty_times_at_once_is_answered_once(bench: Bench) -> None:
    """Also when two service processes take it at the same moment."""

    async def twenty() -> set[tuple[int, ...]]:
        runners = [bench.runner(), bench.runner()]
        asked = (runners[n % 2].submit(incoming("hello", "m1")) for n in range(20))
        return {tuple(m.id for m in answer) for answer in await asyncio.gather(*asked)}

    assert len(asyncio.run(twenty())) == 1
    assert bench.conversation() == ["hello", "answer to hello"]
    assert len(bench.dialogue.posted) == 1


def test_an_empty_answer_of_the_dialogue_is_asked_again(bench: Bench) -> None:
    async def silent_twice(utterance: Utterance) -> None:
        if len(bench.dialogue.posted) > 2:
            await bench.dialogue.answer(utterance)

    bench.dialogue.behaviour = silent_twice
    asyncio.run(bench.runner().submit(incoming("hello")))
    assert bench.conversation() == ["hello", "answer to hello"]


@pytest.mark.parametrize(
    ("behaviour", "told"), [(silent, "failure.silent"), (gone, "failure.restarting")]
)
def test_a_dialogue_that_never_answers_is_told(
    bench: Bench, words: Words, behaviour: object, told: str
) -> None:
    bench.limits = IMPATIENT
    bench.dialogue.behaviour = behaviour  # type: ignore[assignment]  # both are behaviours
    answer = asyncio.run(bench.runner().submit(incoming("hello")))
    assert said(answer[-1]) == words.say("en", told)
    assert answer[-1].body["failed"]
    assert bench.statuses() == {"failed": 1}


def test_a_dialogue_that_hangs_for_ever_is_told(bench: Bench, words: Words) -> None:
    async def hang(_: Utterance) -> None:
        await asyncio.Event().wait()

    bench.limits = IMPATIENT
    bench.dialogue.behaviour = hang
    answer = asyncio.run(bench.runner().submit(incoming("hello")))
    assert said(answer[-1]) == words.say("en", "failure.slow")


def test_later_turns_work_once_the_dialogue_is_back(bench: Bench) -> None:
    bench.limits = Limits(turn_seconds=4.0, waiting=200)  # of the first to fail, the next not to

    async def through() -> list[str]:
        runner = bench.runner()
        bench.dialogue.behaviour = gone
        await runner.submit(incoming("one"))
        bench.dialogue.behaviour = bench.dialogue.answer
        return [said(m) for m in await runner.submit(incoming("two"))]

    assert asyncio.run(through()) == ["two", "answer to two"]
    assert bench.statuses() == {"failed": 1, "answered": 1}


def test_an_answer_that_comes_after_the_failure_is_not_written(bench: Bench) -> None:
    asyncio.run(failed_turn(bench))
    before = bench.conversation()
    with pytest.raises(TurnClosed):
        bench.dialogue.answer_now(bench.dialogue.posted[0])
    assert bench.conversation() == before


async def failed_turn(bench: Bench, **changes: str) -> None:
    """Have one turn fail; later ones are answered, in all the time they need."""
    bench.dialogue.behaviour, bench.limits = silent, IMPATIENT
    await bench.runner().submit(incoming("hello", **changes))
    bench.dialogue.behaviour, bench.limits = bench.dialogue.answer, PATIENT


def test_a_caller_who_leaves_while_waiting_does_not_stop_the_turn(bench: Bench) -> None:
    async def leave() -> list[str]:
        runner, reached, has_left = bench.runner(), asyncio.Event(), asyncio.Event()

        async def slow(utterance: Utterance) -> None:
            reached.set()
            await has_left.wait()
            await bench.dialogue.answer(utterance)

        bench.dialogue.behaviour = slow
        caller = asyncio.create_task(runner.submit(incoming("hello")))
        await reached.wait()
        caller.cancel()
        await asyncio.gather(caller, return_exceptions=True)
        has_left.set()
        return [said(m) for m in await runner.submit(incoming("hello"))]

    assert asyncio.run(leave()) == ["hello", "answer to hello"]
    assert len(bench.dialogue.posted) == 1


def test_a_caller_who_leaves_while_the_message_is_written_does_not_stop_the_turn(
    bench: Bench,
) -> None:
    """A page closed right after sending: what was written down is worked on all the same."""
    writing, go_on = threading.Event(), threading.Event()

    def pause() -> None:
        bench.clock.before = lambda: None
        writing.set()
        go_on.wait(60.0)

    async def leave() -> list[str]:
        runner = bench.runner()
        bench.clock.before = pause
        caller = asyncio.create_task(runner.submit(incoming("hello")))
        await asyncio.to_thread(writing.wait, 60.0)
        caller.cancel()
        await asyncio.sleep(0)
        go_on.set()
        await asyncio.gather(caller, return_exceptions=True)
        async with asyncio.timeout(60.0):
            while not await asyncio.to_thread(bench.messages):
                await asyncio.sleep(0.01)
        return [said(m) for m in await runner.submit(incoming("hello"))]

    assert asyncio.run(leave()) == ["hello", "answer to hello"]


def test_more_than_the_line_holds_are_refused_and_leave_no_trace(bench: Bench) -> None:
    async def crowd() -> list[object]:
        release = asyncio.Event()

        async def wait(utterance: Utterance) -> None:
            await release.wait()
            await bench.dialogue.answer(utterance)

        bench.dialogue.behaviour = wait
        runner = bench.runner()
        asked = [asyncio.create_task(runner.submit(incoming(f"m{n}"))) for n in range(5)]
        async with asyncio.timeout(60.0):
            while sum(task.done() for task in asked) < 2:
                await asyncio.sleep(0.01)
        release.set()
        return list(await asyncio.gather(*asked, return_exceptions=True))

    bench.limits = Limits(turn_seconds=60.0, waiting=3)
    outcomes = asyncio.run(crowd())
    refusals = [outcome for outcome in outcomes if isinstance(outcome, MessageRefused)]
    assert [refusal.code for refusal in refusals] == ["too_many_waiting"] * 2
    assert bench.statuses() == {"answered": 3}


def test_the_sweep_tells_the_turns_of_a_process_that_died(bench: Bench, words: Words) -> None:
    abandoned_turn(bench, "of the dead")
    runner = bench.runner()
    assert asyncio.run(runner.sweep()) == 0, "a turn that is still in its time is left alone"
    bench.clock.ahead = timedelta(seconds=bench.limits.turn_seconds + 3)
    assert asyncio.run(runner.sweep()) == 1
    assert bench.conversation() == ["of the dead", words.say("en", "failure.interrupted")]
    assert asyncio.run(runner.sweep()) == 0
    assert bench.statuses() == {"failed": 1}


def test_a_retry_of_a_dead_process_message_is_told(bench: Bench, words: Words) -> None:
    abandoned_turn(bench, "of the dead")
    bench.limits = IMPATIENT
    answer = asyncio.run(bench.runner().submit(incoming("of the dead")))
    assert said(answer[-1]) == words.say("en", "failure.interrupted")


def abandoned_turn(bench: Bench, text: str) -> None:
    """Leave an open turn behind, as a process that is killed does."""

    async def die() -> None:
        started = asyncio.Event()

        async def hang(_: Utterance) -> None:
            started.set()
            await asyncio.Event().wait()

        bench.dialogue.behaviour = hang
        task = asyncio.create_task(bench.runner().submit(incoming(text)))
        await started.wait()
        task.cancel()

    asyncio.run(die())
    assert bench.statuses() == {"received": 1}


def test_a_button_works_once(bench: Bench) -> None:
    async def press() -> None:
        runner = bench.runner()
        await runner.submit(incoming("why?", "m1", payload="/explain", nonce="n1"))
        with pytest.raises(MessageRefused) as refused:
            await runner.submit(incoming("why?", "m2", payload="/explain", nonce="n1"))
        assert refused.value.code == "button_spent"

    asyncio.run(press())
    assert bench.conversation() == ["why?", "answer to /explain"]
    assert bench.statuses() == {"answered": 1}


def test_the_button_of_a_failed_turn_can_be_pressed_again(bench: Bench) -> None:
    async def press() -> list[str]:
        await failed_turn(bench, message_id="m1", payload="/explain", nonce="n1")
        again = incoming("why?", "m2", payload="/explain", nonce="n1")
        return [said(m) for m in await bench.runner().submit(again)]

    assert asyncio.run(press()) == ["why?", "answer to /explain"]


def test_typed_commands_never_reach_the_dialogue(bench: Bench, words: Words) -> None:
    answer = asyncio.run(bench.runner().submit(incoming('/explain{"product": "P01"}')))
    assert said(answer[-1]) == words.say("en", "refusal.typed_command")
    assert bench.dialogue.posted == []
    assert bench.statuses() == {"answered": 1}


def test_each_utterance_may_act_in_its_own_turn_only(bench: Bench) -> None:
    asyncio.run(bench.runner().submit(incoming("hello")))
    (utterance,) = bench.dialogue.posted
    asserted = bench.signer.open_assertion(utterance.assertion, HERE)
    assert (asserted.employee_id, asserted.conversation_id) == ("E0001", HERE)
