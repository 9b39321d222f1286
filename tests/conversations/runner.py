"""Plays a case against a running assistant, from a conversation that has just begun."""

import sqlite3
from contextlib import closing

import httpx

from tests.conversations.checking import Heard, Surroundings, faults
from tests.conversations.people import Employee, People, fill
from tests.conversations.script import Case, Turn
from tests.support.chat import Button, ChatClient, Reply
from tests.support.installation import RunningAssistant


class Stage:
    """An installation and its people, on which one case after the other is played."""

    def __init__(self, assistant: RunningAssistant) -> None:
        self._assistant = assistant
        self.people = People(assistant.store_path)
        self._chats: dict[str, ChatClient] = {}

    def play(self, case: Case) -> None:
        """Play a case to its end or to the first turn that is not as expected.

        Raises
        ------
        AssertionError
            With the conversation so far and what is wrong in its last turn.
        """
        employee, names = self.people.cast(case.as_, case.texts(), case.name)
        visible = self.people.visible_to(employee)
        performance = _Performance(self, case, self.fresh_chat(employee), employee)
        for number, turn in enumerate(case.turns, start=1):
            said = {k: fill(v, names) for k, v in turn if isinstance(v, str)}
            heard = performance.take(turn.model_copy(update=said))
            around = Surroundings(
                language=case.language,
                names=names,
                visible=frozenset(c.client_id for c in visible),
                visible_names=" ".join(c.name for c in visible),
                before=performance.heard,
            )
            wrong = faults(turn.expect, heard, around)
            performance.heard.append(heard)
            told = "\n".join([f"turn {number}: {'; '.join(wrong)}", performance.told(employee)])
            assert not wrong, told

    def fresh_chat(self, employee: Employee) -> ChatClient:
        """Return an employee's chat, of which the dialogue remembers nothing."""
        if employee.employee_id not in self._chats:
            self._chats[employee.employee_id] = self._assistant.sign_in(employee.employee_id)
        chat = self._chats[employee.employee_id]
        chat.buttons = ()
        with closing(sqlite3.connect(self._assistant.var / "trackers.db", timeout=5)) as trackers:
            trackers.execute("DELETE FROM trackers WHERE sender_id = ?", (chat.conversation_id,))
            trackers.commit()
        return chat

    def added(self, turn_id: str) -> tuple[tuple[str, ...], int]:
        """Return what a turn wrote to the audit log, and how many requests for an expert."""
        store = f"file:{self._assistant.store_path}?mode=ro"
        with closing(sqlite3.connect(store, uri=True)) as connection:
            audit = connection.execute(
                "SELECT outcome || ' ' || subject FROM audit_log"
                " WHERE json_extract(detail, '$.turn') = ? ORDER BY audit_id",
                (turn_id,),
            ).fetchall()
            requests = connection.execute(
                "SELECT count(*) FROM expert_requests WHERE turn_id = ?", (turn_id,)
            ).fetchone()
        return tuple(row[0] for row in audit), requests[0]


class _Performance:
    """One conversation as it is played."""

    def __init__(self, stage: Stage, case: Case, chat: ChatClient, asker: Employee) -> None:
        self._stage = stage
        self._case = case
        self._chat = chat
        self._asker = asker
        self._pressed: dict[int, Button] = {}
        self.heard: list[Heard] = []

    def take(self, turn: Turn) -> Heard:
        """Send one message and return what it did."""
        said = turn.say * turn.times if turn.say is not None else ""
        language = self._case.language
        try:
            if turn.say is not None:
                replies = self._chat.ask(said, language)
            else:
                button = self._button(turn)
                said = f"[{button.title}]"
                replies = self._chat.press_button(button, language)
        except httpx.HTTPStatusError as refusal:
            code = refusal.response.json()["error"]["code"]
            return Heard(said, None, code, (), 0)
        assert len(replies) == 1, f"{len(replies)} replies to {said[:60]}"
        return Heard(said, replies[0], None, *self._stage.added(replies[0].turn_id))

    def told(self, employee: Employee) -> str:
        """Return the conversation as it went, for a person to read."""
        lines = [f"{self._case.name} as {employee.employee_id}"]
        for heard in self.heard:
            reply = heard.refused if heard.reply is None else _readable(heard.reply)
            lines += [f">>> {heard.said[:100]}", str(reply)]
        return "\n".join(lines)

    def _button(self, turn: Turn) -> Button:
        if turn.press_again is not None:
            return self._pressed[turn.press_again]
        if turn.press_foreign is not None:
            colleague = self._stage.fresh_chat(self._stage.people.colleague_of(self._asker))
            return colleague.ask(turn.press_foreign)[0].buttons[0]
        button = self._offered(turn.press)
        self._pressed[len(self.heard) + 1] = button
        return button

    def _offered(self, wanted: str | int | None) -> Button:
        offered = self._chat.buttons
        titles = [button.title for button in offered]
        if isinstance(wanted, int):
            assert wanted <= len(offered), f"no button {wanted} among {titles}"
            return offered[wanted - 1]
        found = [button for button in offered if str(wanted) in button.title]
        assert found, f"{wanted!r} is not one of the buttons {titles}"
        return found[0]


def _readable(reply: Reply) -> str:
    buttons = " ".join(f"[{button.title}]" for button in reply.buttons)
    return "\n".join(f"    {line}" for line in [*reply.text.splitlines()[:30], buttons] if line)
