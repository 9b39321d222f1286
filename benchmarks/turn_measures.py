"""What a benchmark of turns counts: seconds a turn, turns a second, and their table."""

import json
import os
import platform
import sqlite3
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from tests.support.chat import ChatClient

Ask = Callable[[ChatClient], str]


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure, what it was measured on, and the aim where there is one."""

    name: str
    value: float
    unit: str
    count: int
    aim: str = ""


def timed(chat: ChatClient, text: str) -> float:
    """Ask one thing and return the seconds until its answer.

    Raises
    ------
    AssertionError
        The turn was told as failed, so that a failure never counts as a fast answer.
    """
    started = time.perf_counter()
    replies = chat.ask(text)
    seconds = time.perf_counter() - started
    assert replies, "no reply"
    assert not replies[0].failed, replies[0].text
    return seconds


def at_once(chats: Sequence[ChatClient], ask: Ask, turns: int) -> tuple[list[float], float]:
    """Have people ask side by side; return the seconds of each turn and of the whole."""

    def one(chat: ChatClient) -> list[float]:
        return [timed(chat, ask(chat)) for _ in range(turns)]

    started = time.perf_counter()
    with ThreadPoolExecutor(len(chats)) as pool:
        seconds = [turn for each in pool.map(one, chats) for turn in each]
    return seconds, time.perf_counter() - started


def of_load(name: str, seconds: Sequence[float], whole: float, aims: Sequence[str]) -> list[Figure]:
    """Return the p50, the p95 and the rate of a load, with an aim each."""
    count = len(seconds)
    milliseconds = np.asarray(seconds) * 1_000
    values = (
        ("p50", float(np.percentile(milliseconds, 50)), "ms"),
        ("p95", float(np.percentile(milliseconds, 95)), "ms"),
        ("rate", count / whole, "turns/s"),
    )
    return [
        Figure(f"{name}, {kind}", value, unit, count, aim)
        for (kind, value, unit), aim in zip(values, aims, strict=True)
    ]


def clients_by_manager(store: Path) -> dict[str, list[str]]:
    """Return the client numbers of every manager of the sample."""
    found: dict[str, list[str]] = {}
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as connection:
        query = "SELECT manager_id, client_id FROM clients ORDER BY client_id"
        for manager_id, client_id in connection.execute(query):
            found.setdefault(manager_id, []).append(client_id)
    return found


def report(figures: Sequence[Figure], load_before: float, path: Path) -> None:
    """Print the figures as a table and write them as JSON."""
    table = Table(title=f"load average before: {load_before:.1f} on {os.cpu_count()} cores")
    for label in ("what", "value", "unit", "of", "aim"):
        table.add_column(label, justify="right" if label in {"value", "of"} else "left")
    for figure in figures:
        table.add_row(
            figure.name, f"{figure.value:,.1f}", figure.unit, str(figure.count), figure.aim
        )
    Console().print(table)
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "load_before": load_before,
        "load_after": os.getloadavg()[0],
        "figures": [asdict(figure) for figure in figures],
    }
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
