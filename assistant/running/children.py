"""The processes of an installation: started, watched, restarted, ended."""

import asyncio
import ctypes
import signal
import sys
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_MOST_DEATHS = 5
_DEATHS_WITHIN_SECONDS = 60.0
_END_SECONDS = 8.0
_LOOK_SECONDS = 0.2
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class Program:
    """What to start: its name, command, environment, log and how to see that it is healthy."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    folder: Path
    log: Path
    healthy: Callable[[], Awaitable[bool]]
    start_seconds: float


class GaveUp(Exception):
    """A program died too often, or never became healthy.

    Attributes
    ----------
    program, last_words
        Which one, and the end of its log.
    """

    def __init__(self, program: Program) -> None:
        super().__init__(program.name)
        self.program = program
        self.last_words = _tail(program.log)


@dataclass(slots=True)
class Child:
    """One program kept alive."""

    program: Program
    on_death: Callable[[Program, int], None]
    process: asyncio.subprocess.Process | None = None
    deaths: deque[float] = field(default_factory=deque)

    async def start(self) -> None:
        """Start the program with its output appended to its log."""
        self.program.log.parent.mkdir(parents=True, exist_ok=True)
        with self.program.log.open("ab") as output:
            self.process = await asyncio.create_subprocess_exec(
                *self.program.command,
                cwd=self.program.folder,
                env=dict(self.program.environment),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=_die_with_parent,  # the start is single-threaded
            )

    async def until_healthy(self) -> None:
        """Wait until the program answers; one that was killed meanwhile is started again.

        Raises
        ------
        GaveUp
            It ended by itself, or did not answer in its time.
        """
        try:
            async with asyncio.timeout(self.program.start_seconds):
                while not await self.program.healthy():
                    await self._look()
                    await asyncio.sleep(_LOOK_SECONDS)
        except TimeoutError as late:
            raise GaveUp(self.program) from late

    async def keep(self) -> None:
        """Restart the program whenever it ends.

        Raises
        ------
        GaveUp
            It ended too often in a short time.
        """
        while self.process is not None:
            await self._start_again(await self.process.wait())

    async def end(self) -> None:
        """End the program: asked first, then killed."""
        if self.process is None or self.process.returncode is not None:
            return
        self.process.terminate()
        try:
            async with asyncio.timeout(_END_SECONDS):
                await self.process.wait()
        except TimeoutError:
            self.process.kill()
            await self.process.wait()

    async def _look(self) -> None:
        # Killed from outside says nothing about the program; ending by itself would repeat.
        code = None if self.process is None else self.process.returncode
        if self.process is None or (code is not None and code >= 0):
            raise GaveUp(self.program)
        if code is not None:
            await self._start_again(code)

    async def _start_again(self, code: int) -> None:
        now = asyncio.get_running_loop().time()
        self.deaths.append(now)
        while now - self.deaths[0] > _DEATHS_WITHIN_SECONDS:
            self.deaths.popleft()
        if len(self.deaths) >= _MOST_DEATHS:
            raise GaveUp(self.program)
        self.on_death(self.program, code)
        await asyncio.sleep(0.2 * 2 ** (len(self.deaths) - 1))
        await self.start()


def _die_with_parent() -> None:
    """Have the kernel end a child whose supervisor was killed, where the kernel can."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _tail(path: Path, lines: int = 8) -> str:
    if not path.is_file():
        return ""
    text = path.read_text(encoding="utf-8", errors="replace")
    return "\n".join(text.strip().split("\n")[-lines:])
