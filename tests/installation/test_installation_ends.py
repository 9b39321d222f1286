"""However a run ends, none of its processes stays behind."""

import os
import signal
import time

from tests.support.installation import (
    END_SECONDS,
    START_SECONDS,
    RunningAssistant,
    descendants,
    gone,
    running_assistant,
)


def both_children(assistant: RunningAssistant) -> list[int]:
    """Wait until both processes were started and return all processes below the supervisor."""
    deadline = time.monotonic() + START_SECONDS
    while not (assistant.pid_of("dialogue") and assistant.pid_of("service")):
        assert time.monotonic() < deadline, assistant.said()
        time.sleep(0.1)
    return descendants(assistant.process.pid)


def test_ctrl_c_during_the_start_ends_everything() -> None:
    with running_assistant(wait=False) as assistant:
        children = both_children(assistant)
        assistant.process.send_signal(signal.SIGINT)
        assert assistant.process.wait(END_SECONDS) == 0
        assert all(gone(pid) for pid in children)
        assert "Traceback" not in assistant.said()
        assert "ready" not in assistant.said()


def test_ctrl_c_ends_both_processes_and_says_so() -> None:
    with running_assistant() as assistant:
        children = both_children(assistant)
        assistant.process.send_signal(signal.SIGINT)
        assert assistant.process.wait(END_SECONDS) == 0
        assert all(gone(pid) for pid in children)
        assert "Everything has ended." in assistant.said()
        assert "Traceback" not in assistant.said()


def test_a_killed_supervisor_leaves_no_orphan() -> None:
    with running_assistant() as assistant:
        children = both_children(assistant)
        os.kill(assistant.process.pid, signal.SIGKILL)
        assert all(gone(pid) for pid in children)
