"""The WebSocket on which a conversation's new messages arrive, asked for or not."""

import asyncio
import json

from sanic import Blueprint, Request
from sanic.server.websockets.impl import WebsocketImplProtocol

from assistant.channels.base import as_json, conversation_id
from assistant.channels.web.routes import CHANNEL, WebChannel
from assistant.errors import NotSignedIn
from assistant.turns import log
from assistant.turns.board import MessageBoard
from assistant.turns.log import LoggedMessage

_SIGN_IN_SECONDS = 10.0
_LOOK_SECONDS = 3.0
_PAGE = 100
_POLICY_VIOLATION = 1008


def stream_blueprint(channel: WebChannel, board: MessageBoard) -> Blueprint:
    """Return the route of the stream.

    The first frame of the client carries its session token, because a browser cannot set
    headers on a WebSocket and an address ends up in logs.
    """
    routes = Blueprint("stream", url_prefix="/api")

    @routes.websocket("/stream")  # type: ignore[untyped-decorator]
    async def stream(_: Request, socket: WebsocketImplProtocol) -> None:
        try:
            token = _token(await asyncio.wait_for(socket.recv(), _SIGN_IN_SECONDS))
            await _follow(channel, board, socket, token)
        except (NotSignedIn, TimeoutError):
            await socket.close(code=_POLICY_VIOLATION, reason="not signed in")

    return routes


def _token(frame: object) -> str:
    try:
        return str(json.loads(str(frame))["token"])
    except (ValueError, KeyError, TypeError) as malformed:
        raise NotSignedIn("the first frame must carry a token") from malformed


async def _follow(
    channel: WebChannel, board: MessageBoard, socket: WebsocketImplProtocol, token: str
) -> None:
    """Send what is new until the other side goes away or its sign-in ends."""
    employee_id = await asyncio.to_thread(channel.employee_of, token)
    conversation = conversation_id(CHANNEL, employee_id)
    with board.listening(conversation) as grown:
        newest, _ = await asyncio.to_thread(_after, channel, conversation, None)
        seen = newest[-1].id if newest else 0
        await socket.send(json.dumps({"type": "ready", "seen": seen}))
        closing = asyncio.create_task(socket.recv())  # ends when the other side goes away
        try:
            while not closing.done():
                await _wait(grown, closing)
                channel.signer.open_session(token)
                seen = await _send_new(channel, socket, conversation, seen)
        finally:
            closing.cancel()


async def _wait(grown: asyncio.Event, closing: "asyncio.Task[object]") -> None:
    woken = asyncio.create_task(grown.wait())
    await asyncio.wait({woken, closing}, timeout=_LOOK_SECONDS, return_when="FIRST_COMPLETED")
    woken.cancel()
    grown.clear()


async def _send_new(
    channel: WebChannel, socket: WebsocketImplProtocol, conversation: str, seen: int
) -> int:
    more = True
    while more:
        page, more = await asyncio.to_thread(_after, channel, conversation, seen)
        for message in page:
            await socket.send(json.dumps({"type": "message", "message": as_json(message)}))
            seen = message.id
    return seen


def _after(
    channel: WebChannel, conversation: str, seen: int | None
) -> tuple[list[LoggedMessage], bool]:
    with channel.store.read() as session:
        if seen is None:
            return log.history(session, conversation, limit=1)
        return log.history(session, conversation, limit=_PAGE, after=seen)
