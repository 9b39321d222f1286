"""A stand-in for the service with canned replies, to work on the page and test it alone.

Run ``python -m tests.e2e.fake_api 8765`` and open http://127.0.0.1:8765/ . Besides the real
interface it takes orders: ``POST /fake`` with ``closed`` (whether it refuses all connections),
``say`` (a text that arrives unasked), ``fail`` (how the next posts are refused: a code each),
``break_turns`` (how many turns end as failed), ``history`` (a number of old messages), ``expire``
(all sessions end), ``delay`` (seconds a turn takes), ``hold`` (whether turns wait until they no
longer are to) and ``reset``; ``GET /fake`` tells what was posted and how many pages listen.
"""

import asyncio
import contextlib
import json
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from sanic import Request, Sanic, Websocket
from sanic.response import HTTPResponse, html, raw
from sanic.response import json as answer

from assistant.channels.web.pages import POLICY, STATIC
from assistant.channels.web.shells import shell

CANNED = json.loads((Path(__file__).parent / "canned.json").read_text(encoding="utf-8"))
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 90" width="320" height="90">'
    '<rect x="10" y="10" width="300" height="30" fill="#0f5c63"/>'
    '<rect x="10" y="50" width="120" height="30" fill="#87979a"/></svg>'
)
FILES = {
    "f-drawing": (DRAWING.encode(), "image/svg+xml"),
    "f-list": (b"a workbook", "application/octet-stream"),
}
FAILURES = {
    "unavailable": 503,
    "internal": 500,
    "malformed": 400,
    "too_many_waiting": 429,
    "button_spent": 429,
    "button_rejected": 401,
}
PEOPLE = [
    ("E0001", "王敏", "Wang Min", "manager", 0, 250),
    ("E0002", "李文博", "Li Wenbo", "manager", 0, 248),
    ("E0003", "陈思远", "Chen Siyuan", "manager", 0, 252),
    ("E0004", "赵雅琴", "Zhao Yaqin", "manager", 1, 250),
    ("E0005", "周子安", "Zhou Zian", "manager", 1, 250),
    ("E0006", "吴清扬", "Wu Qingyang", "manager", 1, 246),
    ("E0031", "孙立诚", "Sun Licheng", "leader", 0, 0),
    ("E0032", "郑晓岚", "Zheng Xiaolan", "leader", 1, 0),
    ("E0041", "何远舟", "He Yuanzhou", "expert", 2, 0),
]
BRANCHES = [
    ("城东支行", "Chengdong Branch"),
    ("江湾支行", "Jiangwan Branch"),
    ("总行", "Head Office"),
]


def employee(row: tuple[str, str, str, str, int, int]) -> dict[str, Any]:
    number, name, name_en, role, branch, clients = row
    zh, en = BRANCHES[branch]
    person = {"id": number, "name": name, "name_en": name_en, "role": role}
    return person | {"branch_zh": zh, "branch_en": en, "clients": clients}


EMPLOYEES = {row[0]: employee(row) for row in PEOPLE}


@dataclass
class State:
    messages: list[dict[str, Any]] = field(default_factory=list)
    posts: list[dict[str, Any]] = field(default_factory=list)
    fail: list[str] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    sockets: set[Websocket] = field(default_factory=set)
    closed: bool = False
    delay: float = 0.0
    hold: bool = False
    break_turns: int = 0
    demo: bool = True

    def append(self, role: str, text: str, **more: Any) -> dict[str, Any]:
        message: dict[str, Any] = {"id": len(self.messages) + 1, "role": role, "text": text}
        message |= {"turn_id": None, "message_id": None, "at": datetime.now(UTC).isoformat()}
        message |= {"blocks": [], "failed": False, "language": "zh", "feedback": None} | more
        self.messages.append(message)
        return message


app = Sanic("fake_api")
app.ctx.state = State()
app.static("/static", STATIC, name="static")


@app.on_response
async def protect(_: Request, response: HTTPResponse) -> None:
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = "no-store"


def error(status: int, zh: str, en: str, code: str = "unavailable") -> HTTPResponse:
    return answer({"error": {"code": code, "zh": zh, "en": en}}, status=status)


def refusal(request: Request) -> HTTPResponse | None:
    state = request.app.ctx.state
    if state.closed:
        return error(503, "服务暂停", "The service pauses")
    if request.token not in state.tokens:
        return error(401, "请重新登录", "Please sign in again", "not_signed_in")
    return None


@app.get("/")
async def index(_: Request) -> HTTPResponse:
    return html(shell("chat"))


@app.get("/api/config")
async def config(request: Request) -> HTTPResponse:
    demo = request.app.ctx.state.demo
    bank = {"bank_zh": "澄江银行（示例）", "bank_en": "Chengjiang Bank (sample)"}
    return answer({"demo": demo, "employees": list(EMPLOYEES.values()) if demo else []} | bank)


@app.post("/api/login")
async def login(request: Request) -> HTTPResponse:
    proof = request.json
    number = proof.get("employee_id") or proof["assertion"].removeprefix("portal:")
    if number not in EMPLOYEES:
        zh, en = "门户没有为您担保，请重新进入。", "The portal does not vouch for you."
        return error(401, zh, en, "sign_in_refused")
    token = str(uuid4())
    request.app.ctx.state.tokens.add(token)
    expires = (datetime.now(UTC) + timedelta(hours=9)).isoformat()
    return answer({"token": token, "expires_at": expires, "employee": EMPLOYEES[number]})


@app.get("/api/messages")
async def messages(request: Request) -> HTTPResponse:
    if refused := refusal(request):
        return refused
    limit = int(request.args.get("limit", "50"))
    found = request.app.ctx.state.messages
    if after := request.args.get("after"):
        later = [m for m in found if m["id"] > int(after)]
        return answer({"messages": later[:limit], "more": len(later) > limit})
    before = int(request.args.get("before", len(found) + 1))
    earlier = [m for m in found if m["id"] < before]
    return answer({"messages": earlier[-limit:], "more": len(earlier) > limit})


@app.post("/api/messages")
async def post_message(request: Request) -> HTTPResponse:
    state = request.app.ctx.state
    state.posts.append(request.json)
    if state.fail:
        code = state.fail.pop(0)
        return error(FAILURES[code], "暂时无法处理，请稍后再试。", "Not possible now.", code)
    if refused := refusal(request):
        return refused
    return await take(state, request.json)


@app.post("/api/messages/<message_id:int>/feedback")
async def post_feedback(request: Request, message_id: int) -> HTTPResponse:
    state = request.app.ctx.state
    state.posts.append({"feedback": request.json["verdict"], "id": message_id})
    if state.fail:
        code = state.fail.pop(0)
        return error(FAILURES[code], "暂时无法处理，请稍后再试。", "Not possible now.", code)
    if refused := refusal(request):
        return refused
    state.messages[message_id - 1]["feedback"] = request.json["verdict"]
    return answer({"id": message_id, "feedback": request.json["verdict"]})


async def take(state: State, body: dict[str, Any]) -> HTTPResponse:
    known = next((m for m in state.messages if m["message_id"] == body["message_id"]), None)
    if known:
        replies = [m for m in state.messages if m["turn_id"] == known["turn_id"]][1:]
        return answer({"message": known, "replies": replies})
    text = body.get("text") or body["title"]
    turn = str(uuid4())
    language = "zh" if any("\u4e00" <= c <= "\u9fff" for c in text) else "en"
    both = {"turn_id": turn, "language": language}
    message = state.append("user", text, message_id=body["message_id"], **both)
    await tell(state, {"type": "message", "message": message})
    await tell(state, {"type": "working", "turn_id": turn})
    await asyncio.sleep(state.delay)
    while state.hold:
        await asyncio.sleep(0.02)
    reply = state.append("assistant", text, **both, **outcome(state, text, language))
    await tell(state, {"type": "message", "message": reply})
    return answer({"message": message, "replies": [reply]})


def outcome(state: State, text: str, language: str) -> dict[str, Any]:
    if state.break_turns:
        state.break_turns -= 1
        blocks = [{"type": "note", "tone": "warning", "text": "这次没有办成，请再试一次。"}]
        return {"blocks": blocks, "failed": True}
    return {"blocks": blocks_for(text, language)}


def blocks_for(text: str, language: str) -> list[dict[str, Any]]:
    matches = (c for c in CANNED.values() if any(cue in text.lower() for cue in c["cues"]))
    blocks: list[dict[str, Any]] = next(matches, CANNED["unknown"])[language]
    return blocks


async def tell(state: State, event: dict[str, Any]) -> None:
    for socket in list(state.sockets):
        with contextlib.suppress(Exception):
            await socket.send(json.dumps(event))


@app.get("/api/files/<file_id:str>")
async def kept_file(request: Request, file_id: str) -> HTTPResponse:
    if refused := refusal(request):
        return refused
    if file_id not in FILES:
        return error(404, "没有这个文件", "No such file", "file_not_kept")
    content, media_type = FILES[file_id]
    return raw(content, content_type=media_type)


@app.websocket("/api/stream")
async def stream(request: Request, socket: Websocket) -> None:
    state = request.app.ctx.state
    hello = json.loads(await socket.recv() or "{}")
    if hello.get("token") not in state.tokens or state.closed:
        await socket.close()
        return
    state.sockets.add(socket)
    try:
        await socket.send(json.dumps({"type": "ready"}))
        while await socket.recv() is not None:
            pass
    finally:
        state.sockets.discard(socket)


@app.get("/fake")
async def told(request: Request) -> HTTPResponse:
    state = request.app.ctx.state
    return answer({"posts": state.posts, "listening": len(state.sockets)})


@app.post("/fake")
async def order(request: Request) -> HTTPResponse:
    state, orders = request.app.ctx.state, request.json
    if "reset" in orders:
        await hang_up(state)
        request.app.ctx.state = state = State()
    for name in ("fail", "delay", "hold", "demo", "break_turns", "closed"):
        if name in orders:
            setattr(state, name, orders[name])
    if "expire" in orders:
        state.tokens.clear()
    add_history(state, orders.get("history", 0))
    if state.closed:
        await hang_up(state)
    if "say" in orders:
        blocks = [{"type": "text", "text": orders["say"]}]
        message = state.append("assistant", orders["say"], blocks=blocks)
        await tell(state, {"type": "message", "message": message})
    return answer({})


async def hang_up(state: State) -> None:
    for socket in list(state.sockets):
        await socket.close()


def add_history(state: State, count: int) -> None:
    """Put messages of two days into the log; the last is of this moment."""
    now = datetime.now(UTC)
    for number in range(count):
        at = now - timedelta(days=2) * (count - 1 - number) / (count - 1)
        role = "user" if number % 2 == 0 else "assistant"
        text = f"旧消息 {number + 1}"
        state.append(role, text, at=at.isoformat(), blocks=[{"type": "text", "text": text}])


if __name__ == "__main__":
    app.run("127.0.0.1", int(sys.argv[1]), single_process=True, access_log=False, motd=False)
