"""A process that dies is started again, one that keeps dying is given up, none is left over."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.running.children import Child, GaveUp, Program
from tests.support.installation import gone


def program(folder: Path, code: str, *, healthy: bool = True, seconds: float = 120.0) -> Program:
    async def answer() -> bool:
        return healthy

    return Program(
        name="small",
        command=(sys.executable, "-c", code),
        environment=os.environ,
        folder=folder,
        log=folder / "log" / "small.log",
        healthy=answer,
        start_seconds=seconds,
    )


def kept(work: Callable[[Child], Awaitable[None]], started: Program) -> list[int]:
    """Keep one program while something happens; return the exit codes it died with."""
    codes: list[int] = []

    async def keep() -> None:
        child = Child(started, lambda _, code: codes.append(code))
        await child.start()
        try:
            await work(child)
        finally:
            await child.end()

    asyncio.run(keep())
    return codes


def test_a_killed_process_is_started_again(tmp_path: Path) -> None:
    pids: list[int] = []

    async def kill_once(child: Child) -> None:
        keeping = asyncio.create_task(child.keep())
        assert child.process is not None
        pids.append(child.process.pid)
        child.process.kill()
        async with asyncio.timeout(60.0):
            while child.process.pid == pids[0]:
                await asyncio.sleep(0.02)
        pids.append(child.process.pid)
        keeping.cancel()

    codes = kept(kill_once, program(tmp_path, "import time; time.sleep(60)"))
    assert codes == [-9]
    assert all(gone(pid) for pid in pids)


def test_a_process_that_keeps_dying_is_given_up_with_its_last_words(tmp_path: Path) -> None:
    async def keep(child: Child) -> None:
        with pytest.raises(GaveUp) as given_up:
            await child.keep()
        assert "cannot find my file" in given_up.value.last_words

    dying = program(tmp_path, "print('cannot find my file'); raise SystemExit(3)")
    assert kept(keep, dying) == [3] * 4


def test_a_process_that_is_killed_before_it_is_healthy_is_started_again(tmp_path: Path) -> None:
    mark = tmp_path / "answers"
    code = (
        f"import time, pathlib; time.sleep(1); pathlib.Path({str(mark)!r}).touch(); time.sleep(60)"
    )

    async def answers() -> bool:
        return mark.exists()

    async def kill_while_it_starts(child: Child) -> None:
        waiting = asyncio.create_task(child.until_healthy())
        await asyncio.sleep(0)
        assert child.process is not None
        child.process.kill()
        await waiting
        assert child.process.returncode is None

    started = replace(program(tmp_path, code), healthy=answers)
    assert kept(kill_while_it_starts, started) == [-9]


def test_a_process_that_ends_before_it_is_healthy_is_given_up_at_once(tmp_path: Path) -> None:
    async def wait(child: Child) -> None:
        with pytest.raises(GaveUp):
            await child.until_healthy()

    kept(wait, program(tmp_path, "raise SystemExit(1)", healthy=False))


def test_a_process_that_never_answers_is_given_up_in_its_time(tmp_path: Path) -> None:
    async def wait(child: Child) -> None:
        with pytest.raises(GaveUp):
            await child.until_healthy()

    silent = program(tmp_path, "import time; time.sleep(60)", healthy=False, seconds=0.5)
    kept(wait, silent)


def test_what_a_process_says_goes_to_its_log(tmp_path: Path) -> None:
    async def wait(child: Child) -> None:
        assert child.process is not None
        await child.process.wait()

    said = program(tmp_path, "import sys; print('out'); print('err', file=sys.stderr)")
    kept(wait, said)
    assert sorted(said.log.read_text(encoding="utf-8").split()) == ["err", "out"]
