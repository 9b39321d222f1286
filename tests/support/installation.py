"""A real assistant for tests: the supervisor, the dialogue and the service, on ports of its own."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import httpx

from tests.support.chat import ChatClient
from tests.support.seed import ROOT, clean_environment, copy_seed

# How long a busy machine may take; what is waited for usually comes in a fraction of it.
START_SECONDS = 240.0
END_SECONDS = 60.0
_UNHURRIED = {"RM_TURN_SECONDS": "60", "RM_ACTION_SECONDS": "50"}
_MARKS = {"dialogue": "rasa run", "service": "assistant serve"}

Name = Literal["dialogue", "service"]


@dataclass(slots=True)
class RunningAssistant:
    """An assistant that runs until its test ends it.

    Attributes
    ----------
    url, dialogue_url
        Addresses of the service and of Rasa's REST port.
    var
        Its own folder: store, models, logs and secrets.
    process
        The supervisor.
    """

    url: str
    dialogue_url: str
    var: Path
    process: subprocess.Popen[bytes]
    _clients: ExitStack = field(default_factory=ExitStack)

    @property
    def store_path(self) -> Path:
        """Return the SQLite file of the bank's records."""
        return self.var / "bank.db"

    @property
    def secrets(self) -> dict[str, str]:
        """Return the secrets both processes were started with."""
        lines = (self.var / "secrets.env").read_text(encoding="utf-8").splitlines()
        return dict(line.split("=", 1) for line in lines)

    def sign_in(self, employee_id: str) -> ChatClient:
        """Return the chat of an employee; it is closed with the assistant."""
        return self._clients.enter_context(ChatClient(self.url, employee_id))

    def pid_of(self, name: Name) -> int | None:
        """Return the process id of a child as it runs now."""
        for pid, parent, command in _processes():
            if parent == self.process.pid and _MARKS[name] in command:
                return pid
        return None

    def kill(self, name: Name) -> int:
        """Kill a child as a crash would (SIGKILL) and return the process id it had."""
        pid = self.pid_of(name)
        assert pid is not None, f"no {name} to kill"
        os.kill(pid, signal.SIGKILL)
        return pid

    def healthy(self) -> bool:
        """Tell whether all parts answer."""
        try:
            return httpx.get(f"{self.url}/health", timeout=10.0).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    def wait_until_healthy(self) -> None:
        """Wait until all parts answer."""
        self._wait(self.healthy)

    def wait_until_back(self, name: Name, killed: int) -> None:
        """Wait until a child runs in another process than the one killed, and all parts answer."""
        self._wait(lambda: self.pid_of(name) not in {killed, None})
        self.wait_until_healthy()

    def _wait(self, seen: Callable[[], bool]) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not seen():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.1)

    def said(self) -> str:
        """Return what the supervisor and both children have logged, the end of each."""
        parts = []
        for path in sorted(self.var.glob("log/*.log")):
            text = path.read_text(encoding="utf-8", errors="replace")
            parts.append(f"--- {path.name}\n{text[-3000:]}")
        return "\n".join(parts)

    def close_chats(self) -> None:
        """Let go of every chat's connection."""
        self._clients.close()


@contextmanager
def running_assistant(
    *, wait: bool = True, var: Path | None = None, **changes: str
) -> Iterator[RunningAssistant]:
    """Start an assistant of its own, and end all of it afterwards.

    Parameters
    ----------
    wait
        Whether to wait until it is healthy.
    var
        A folder prepared by `copy_seed`; a temporary one is made otherwise.
    changes
        Environment variables, such as ``RM_TURN_SECONDS="4"``; turns have a minute otherwise.

    Raises
    ------
    AssertionError
        It did not start, or left a process running.
    """
    with ExitStack() as stack:
        if var is None:
            made = tempfile.TemporaryDirectory(prefix="rm-test-", ignore_cleanup_errors=True)
            var = Path(stack.enter_context(made))
            copy_seed(var)
        port, dialogue_port = free_ports(2)
        ports = {"RM_PORT": str(port), "RM_DIALOGUE_PORT": str(dialogue_port)}
        process = start(["run", "--language", "en"], var, _UNHURRIED | ports | changes)
        assistant = RunningAssistant(
            url=f"http://127.0.0.1:{port}",
            dialogue_url=f"http://127.0.0.1:{dialogue_port}",
            var=var,
            process=process,
        )
        try:
            if wait:
                assistant.wait_until_healthy()
            yield assistant
        finally:
            assistant.close_chats()
            left = end(process)
            assert not left, f"left running: {left}"


def start(arguments: list[str], var: Path, changes: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start a command of the assistant, its output appended to ``log/supervisor.log``."""
    log = var / "log" / "supervisor.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        return subprocess.Popen(
            [sys.executable, "-m", "assistant", *arguments],
            cwd=ROOT,
            env=clean_environment(var, changes),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )


def end(process: subprocess.Popen[bytes]) -> list[int]:
    """End a supervisor as Ctrl-C does and return those of its children that still run."""
    children = descendants(process.pid)
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    return [pid for pid in children if not gone(pid)]


def gone(pid: int) -> bool:
    """Wait until a process has ended, which a zombie has; False when it would not."""
    deadline = time.monotonic() + END_SECONDS
    while any(running == pid for running, _, _ in _processes()):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def descendants(pid: int) -> list[int]:
    """Return the process ids of all children, and theirs."""
    running = list(_processes())
    found = [pid]
    for above in found:
        found.extend(child for child, parent, _ in running if parent == above)
    return found[1:]


def free_ports(count: int) -> list[int]:
    """Return ports that nobody listens on now."""
    with ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


def _processes() -> Iterator[tuple[int, int, str]]:
    """Yield (process id, parent, command) of every process that has not ended."""
    listed = subprocess.run(
        ["ps", "-ww", "-eo", "pid=,ppid=,stat=,args="], capture_output=True, text=True, check=True
    )
    for line in listed.stdout.splitlines():
        pid, parent, state, *command = line.split(None, 3)
        if not state.startswith("Z"):
            yield int(pid), int(parent), "".join(command)
