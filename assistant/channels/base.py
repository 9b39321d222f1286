"""What a channel is: it receives messages of verified people and shows replies.

A channel maps its platform's verified sender to an employee and hands an `Incoming` to the turn
runner; what comes back, and what is appended unasked, it renders as far as its platform can.
"""

from typing import Any

from sanic import Sanic

from assistant.turns.log import LoggedMessage

type App = Sanic[Any, Any]


def conversation_id(channel: str, employee_id: str, thread: str = "main") -> str:
    """Return the id of a conversation: channel, employee and thread."""
    return f"{channel}:{employee_id}:{thread}"


def as_json(message: LoggedMessage) -> dict[str, object]:
    """Return a logged message in the form of the API."""
    body = message.body
    return {
        "id": message.id,
        "turn_id": message.turn_id,
        "message_id": body.get("message_id"),
        "role": message.role,
        "at": message.at.isoformat(),
        "text": body.get("text", ""),
        "blocks": body.get("blocks", []),
        "failed": bool(body.get("failed")),
        "language": body.get("language", "zh"),
    }
