"""How long a turn takes over the API of a real assistant, and how many a second there are.

Run: ``python -m benchmarks.turn``. It starts an assistant of its own on the sample bank.
Each person of the sample has one conversation, so new people are new conversations.
"""

import asyncio
import itertools
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from assistant.running.secrets import ensure
from assistant.running.training import train_dialogue
from assistant.settings import Settings
from benchmarks.turn_measures import Figure, at_once, clients_by_manager, of_load, report, timed
from tests.support.chat import ChatClient
from tests.support.installation import RunningAssistant, running_assistant

RESULTS = Path(__file__).parent / "results" / "turn.json"
FEE = "个人柜台跨行转账6万元手续费"
RECOMMENDATION = "{client}适合什么产品"
WARM_UP = "E0029"
LEADERS_AND_MANAGERS = [f"E{number:04}" for number in range(1, 29)]
MANAGERS = LEADERS_AND_MANAGERS[4:]
ALONE_TURNS, SIDE_BY_SIDE, SIDE_TURNS = 100, 8, 25
LONG_TURNS, EDGE_TURNS = 500, 50


def main() -> None:
    """Measure everything, print the table and write it to ``benchmarks/results/turn.json``."""
    load = os.getloadavg()[0]
    figures = [training_seconds()]
    with running_assistant(wait=False) as assistant:
        started = time.perf_counter()
        assistant.wait_until_healthy()
        seconds = time.perf_counter() - started
        figures.append(Figure("start, models ready", seconds, "s", 1, "≤ 20"))
        figures += first_turns(assistant)
        figures += fee_turns(assistant)
        figures += recommendation_turns(assistant)
        figures += long_conversation(assistant)
    report(figures, load, RESULTS)


def training_seconds() -> Figure:
    """Return how long the dialogue model takes to train from nothing."""
    with tempfile.TemporaryDirectory(prefix="rm-bench-") as folder:
        settings = Settings(var=Path(folder))
        secrets = ensure(settings)
        started = time.perf_counter()
        asyncio.run(train_dialogue(settings, secrets))
        return Figure("dialogue training", time.perf_counter() - started, "s", 1, "≤ 60")


def first_turns(assistant: RunningAssistant) -> list[Figure]:
    """Compare the first turn of new conversations with those that follow."""
    warm = assistant.sign_in(WARM_UP)
    for _ in range(20):
        timed(warm, FEE)
    chats = [assistant.sign_in(employee) for employee in LEADERS_AND_MANAGERS]
    first = [timed(chat, FEE) for chat in chats]
    later = [timed(chat, FEE) for _ in range(3) for chat in chats]
    return [
        Figure("first turn of a conversation, p50", median(first) * 1_000, "ms", len(first)),
        Figure("first turn against the later ones", median(first) / median(later), "x", 28, "≤ 2"),
    ]


def fee_turns(assistant: RunningAssistant) -> list[Figure]:
    """Measure a fee question, alone and side by side."""

    def ask(_: ChatClient) -> str:
        return FEE

    alone = at_once([assistant.sign_in(MANAGERS[0])], ask, ALONE_TURNS)
    crowd = [assistant.sign_in(manager) for manager in MANAGERS[:SIDE_BY_SIDE]]
    together = at_once(crowd, ask, SIDE_TURNS)
    return [
        *of_load("fee, 1 at a time", *alone, ("≤ 25", "", "")),
        *of_load(f"fee, {SIDE_BY_SIDE} at a time", *together, ("", "", "≥ 45")),
    ]


def recommendation_turns(assistant: RunningAssistant) -> list[Figure]:
    """Measure a recommendation for one client after the other, alone and side by side."""
    own = clients_by_manager(assistant.store_path)
    asked: dict[str, Iterator[str]] = {m: itertools.cycle(own[m]) for m in MANAGERS}

    def ask(chat: ChatClient) -> str:
        return RECOMMENDATION.format(client=next(asked[chat.employee_id]))

    alone = at_once([assistant.sign_in(MANAGERS[8])], ask, ALONE_TURNS)
    crowd = [assistant.sign_in(manager) for manager in MANAGERS[8 : 8 + SIDE_BY_SIDE]]
    together = at_once(crowd, ask, SIDE_TURNS)
    return [
        *of_load("recommendation, 1 at a time", *alone, ("", "", "")),
        *of_load(f"recommendation, {SIDE_BY_SIDE} at a time", *together, ("", "", "")),
    ]


def long_conversation(assistant: RunningAssistant) -> list[Figure]:
    """Compare the last turns of a long conversation with its first."""
    chat = assistant.sign_in(MANAGERS[-1])
    seconds = [timed(chat, FEE) for _ in range(LONG_TURNS)]
    first, last = median(seconds[:EDGE_TURNS]), median(seconds[-EDGE_TURNS:])
    return [
        Figure(f"turn after {LONG_TURNS} turns, p50", last * 1_000, "ms", EDGE_TURNS),
        Figure("last 50 turns against the first 50", last / first, "x", LONG_TURNS, "≤ 2"),
    ]


if __name__ == "__main__":
    main()
