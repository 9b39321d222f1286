"""Writers and deliverers killed at random points lose no message and show none twice."""

import asyncio
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from crm.store.engine import create_store
from crm.store.tables.audit import AuditRow
from crm.store.tables.conversations import Message
from crm.store.tables.outbox import Outbox
from tests.support.installation import gone
from tests.support.outbox_bench import deliverer_over
from tests.support.staff import employ

KILLS = int(os.environ.get("RM_TEST_OUTBOX_KILLS", "40"))
MORE_KILLS = 400  # at the most, on a machine too busy for a message to be told so soon


class Workers:
    """Two writers and two deliverers; the one killed is replaced at once."""

    def __init__(self, url, seed):
        self.random = random.Random(seed)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.outbox_work", url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.named = 0
        self.running = [self.start(what) for what in ("write", "deliver", "write", "deliver")]

    def start(self, what):
        self.named += 1
        self.process.stdin.write(f"{what} w{self.named}\n" if what == "write" else f"{what}\n")
        self.process.stdin.flush()
        return what, int(self.process.stdout.readline())

    def kill_one(self):
        time.sleep(self.random.uniform(0.01, 0.25))
        place = self.random.randrange(len(self.running))
        what, pid = self.running[place]
        os.kill(pid, signal.SIGKILL)
        self.running[place] = self.start(what)

    def end(self):
        for _, pid in self.running:
            os.kill(pid, signal.SIGKILL)
        assert all(gone(pid) for _, pid in self.running), "what they began is written or not by now"
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()


@pytest.mark.parametrize("seed", [20261125])
def test_killed_writers_and_deliverers_lose_nothing_and_double_nothing(store_url, seed):
    """Whatever dies, each committed cause is told exactly once, and nothing else is told."""
    store = create_store(store_url)
    employ(store)
    workers = Workers(store_url, seed)
    try:
        for _ in range(KILLS):
            workers.kill_one()
        for _ in range(MORE_KILLS):
            if _told(store):
                break
            workers.kill_one()
    finally:
        workers.end()
    before = _told(store).total()
    late = deliverer_over(store, clock=lambda: datetime.now(UTC) + timedelta(seconds=15))
    while asyncio.run(late.deliver()):
        pass
    causes, told = _causes(store), _told(store)
    sys.stdout.write(f"{KILLS} kills, {len(causes)} messages, {before} before the last kill\n")
    assert before > 0, "something was delivered while processes died"
    assert set(told) == causes
    assert set(told.values()) == {1}
    with store.read() as session:
        undelivered = sa.select(sa.func.count()).where(Outbox.delivered_at.is_(None))
        assert session.scalar(undelivered) == 0
    store.close()


def _causes(store):
    with store.read() as session:
        return set(session.scalars(sa.select(AuditRow.subject).where(AuditRow.action == "cause")))


def _told(store):
    """Count the messages shown of each key; the key is the last word of the greeting's name."""
    with store.read() as session:
        bodies = session.scalars(sa.select(Message.body)).all()
    return Counter(_key(body["blocks"][0]["text"]) for body in bodies)


def _key(text):
    [word] = [word for word in text.replace("，", " ").replace("。", " ").split() if "-" in word]
    return word
