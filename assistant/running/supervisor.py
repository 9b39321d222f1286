"""One supervisor over both processes: started together, watched, restarted, ended by Ctrl-C."""

import asyncio
import signal
import socket
from functools import partial

from assistant.running.children import Child, GaveUp, Program
from assistant.running.errors import PortTaken
from assistant.running.preparing import prepare
from assistant.running.programs import dialogue_program, service_program
from assistant.running.progress import Progress
from assistant.settings import Settings

_FAILED = 1


class _Stopped(Exception):
    """The person ended the start before everything was up."""


async def run(settings: Settings, progress: Progress) -> int:
    """Prepare, start both processes, and keep them until told to stop.

    Returns
    -------
    int
        The exit code: 0 after Ctrl-C, 1 when a process could not be kept alive.

    Raises
    ------
    StartError
        With one sentence that says what to do.
    """
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, stopped.set)
    for port in (settings.port, settings.dialogue_port):
        require_free(settings.host, port)
    preparing = asyncio.create_task(prepare(settings, progress))
    stopping = asyncio.create_task(stopped.wait())
    await asyncio.wait({preparing, stopping}, return_when="FIRST_COMPLETED")
    if not preparing.done():
        preparing.cancel()
        return 0
    prepared = preparing.result()
    children = [
        Child(program, partial(_tell_death, progress))
        for program in (
            dialogue_program(settings, prepared.secrets, prepared.dialogue_model),
            service_program(settings, prepared.secrets),
        )
    ]
    try:
        return await _keep(settings, children, progress, stopping)
    finally:
        await asyncio.gather(*(child.end() for child in children))
        progress.say("ended")


async def _keep(
    settings: Settings,
    children: list[Child],
    progress: Progress,
    stopping: asyncio.Task[bool],
) -> int:
    try:
        with progress.step("starting"):
            await _all_started(children, stopping)
    except GaveUp as gone:
        return _gave_up(progress, gone)
    except _Stopped:
        return 0
    progress.say("ready", url=settings.service_url)
    keeping = [asyncio.create_task(child.keep()) for child in children]
    watched: set[asyncio.Task[bool] | asyncio.Task[None]] = {stopping, *keeping}
    done, _ = await asyncio.wait(watched, return_when="FIRST_COMPLETED")
    for task in keeping:
        task.cancel()
    for ended in done - {stopping}:
        error = ended.exception()
        if isinstance(error, GaveUp):
            return _gave_up(progress, error)
        if error is not None:
            raise error
    return 0


async def _all_started(children: list[Child], stopping: asyncio.Task[bool]) -> None:
    for child in children:
        await child.start()
    healthy = asyncio.create_task(_all_healthy(children))
    first: set[asyncio.Task[None] | asyncio.Task[bool]] = {healthy, stopping}
    await asyncio.wait(first, return_when="FIRST_COMPLETED")
    if not healthy.done():
        healthy.cancel()
        raise _Stopped
    healthy.result()


async def _all_healthy(children: list[Child]) -> None:
    waiting = [asyncio.create_task(child.until_healthy()) for child in children]
    try:
        await asyncio.gather(*waiting)
    finally:
        for task in waiting:
            task.cancel()


def _gave_up(progress: Progress, gone: GaveUp) -> int:
    progress.warn("gave_up", program=gone.program.name, log=gone.program.log, words=gone.last_words)
    return _FAILED


def _tell_death(progress: Progress, program: Program, code: int) -> None:
    progress.warn("died", program=program.name, code=code)


def require_free(host: str, port: int) -> None:
    """Refuse a port that another program listens on.

    Raises
    ------
    PortTaken
        Somebody does.
    """
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as taken:
            raise PortTaken(port=port) from taken
