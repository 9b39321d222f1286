"""The web API: sign in, send, read, and a stream for what arrives unasked."""

import asyncio
from dataclasses import dataclass
from typing import Any

import structlog
from pydantic import ValidationError
from sanic import Blueprint, HTTPResponse, Request
from sanic.exceptions import SanicException
from sanic.response import json as json_response

from assistant.channels.base import as_json, conversation_id
from assistant.channels.web.schemas import HistoryQuery, LoginBody, MessageBody
from assistant.errors import (
    AssistantError,
    FileNotKept,
    IdentityError,
    MessageRefused,
    NoSuchAnswer,
    NotSignedIn,
)
from assistant.identity import Signer
from assistant.replies.templates import LANGUAGES, Words
from assistant.services.staff import StaffDirectory, StaffMember
from assistant.turns import log
from assistant.turns.log import Incoming
from assistant.turns.runner import TurnRunner
from assistant.turns.screening import beside_command, readable
from assistant.understanding.language import detect
from crm.gaps.feedback import feedback_on
from crm.store.engine import Store

CHANNEL = "web"
_BEARER = "Bearer "
_BAD_REQUEST, _UNAUTHORISED, _MISSING, _BUSY, _BROKEN = 400, 401, 404, 429, 500


@dataclass(frozen=True, slots=True)
class WebChannel:
    """What the routes work with."""

    store: Store
    signer: Signer
    runner: TurnRunner
    staff: StaffDirectory
    words: Words
    demo: bool

    def employee_of(self, token: str) -> str:
        """Return the employee of a session token that is still on the staff.

        Raises
        ------
        NotSignedIn
            The token is not valid, or the person has left.
        """
        employee_id = self.signer.open_session(token)
        if self.staff.find(employee_id) is None:
            raise NotSignedIn("no longer on the staff")
        return employee_id


def blueprint(channel: WebChannel) -> Blueprint:
    """Return the routes under ``/api``."""
    routes = Blueprint("api", url_prefix="/api")

    @routes.get("/config")
    async def config(_: Request) -> HTTPResponse:
        people = await asyncio.to_thread(channel.staff.sample) if channel.demo else []
        return json_response(
            {
                "demo": channel.demo,
                **{f"bank_{lang}": channel.words.say(lang, "bank.name") for lang in LANGUAGES},
                "employees": [_person(member) | {"clients": member.clients} for member in people],
            }
        )

    @routes.post("/login")
    async def login(request: Request) -> HTTPResponse:
        body = LoginBody.model_validate_json(request.body)
        member = await asyncio.to_thread(_signed_in, channel, body)
        token, expires = channel.signer.session(member.employee_id)
        return json_response(
            {"token": token, "expires_at": expires.isoformat(), "employee": _person(member)}
        )

    @routes.post("/messages")
    async def send(request: Request) -> HTTPResponse:
        employee_id = await asyncio.to_thread(channel.employee_of, bearer(request))
        body = MessageBody.model_validate_json(request.body)
        messages = await channel.runner.submit(_incoming(channel, employee_id, body))
        own, *replies = (as_json(message) for message in messages)
        return json_response({"message": own, "replies": replies})

    @routes.get("/messages")
    async def history(request: Request) -> HTTPResponse:
        employee_id = await asyncio.to_thread(channel.employee_of, bearer(request))
        query = HistoryQuery.model_validate({k: request.args.get(k) for k in request.args})
        page, more = await asyncio.to_thread(_page, channel, employee_id, query)
        return json_response({"messages": page, "more": more})

    tell_failures(routes, channel.words)
    return routes


def tell_failures(routes: Blueprint, words: Words) -> None:
    """Let every failure of these routes be answered in words of both languages."""

    @routes.exception(AssistantError, ValidationError)  # type: ignore[untyped-decorator]
    async def refused(_: Request, error: Exception) -> HTTPResponse:
        return _refusal(words, error)

    @routes.exception(Exception)  # type: ignore[untyped-decorator]
    async def broke(_: Request, error: Exception) -> HTTPResponse:
        if isinstance(error, SanicException):
            raise error
        structlog.get_logger("api").exception("api.broke", exc_info=error)
        return error_response(words, "internal", _BROKEN)


def bearer(request: Request) -> str:
    """Return the bearer token of a request.

    Raises
    ------
    NotSignedIn
        There is none.
    """
    header = request.headers.get("authorization", "")
    if not header.startswith(_BEARER):
        raise NotSignedIn("no bearer token")
    return str(header[len(_BEARER) :])


def _signed_in(channel: WebChannel, body: LoginBody) -> StaffMember:
    if body.assertion is not None:
        employee_id = channel.signer.open_portal_assertion(body.assertion)
    else:
        employee_id = str(body.employee_id)
    return channel.staff.sign_in(employee_id, CHANNEL, vouched=body.assertion is not None)


def _incoming(channel: WebChannel, employee_id: str, body: MessageBody) -> Incoming:
    conversation = conversation_id(CHANNEL, employee_id)
    common = {
        "conversation_id": conversation,
        "message_id": str(body.message_id),
        "employee_id": employee_id,
        "channel": CHANNEL,
    }
    if body.button is not None:
        button = channel.signer.open_button(body.button, conversation)
        title = readable(body.title)
        return Incoming(
            **common,
            text=title,
            language=body.language,
            payload=button.payload,
            nonce=button.nonce,
        )
    text = readable(body.text or "")
    return Incoming(**common, text=text, language=detect(beside_command(text), body.language))


def _page(
    channel: WebChannel, employee_id: str, query: HistoryQuery
) -> tuple[list[dict[str, object]], bool]:
    with channel.store.read() as session:
        page, more = log.history(
            session,
            conversation_id(CHANNEL, employee_id),
            limit=query.limit,
            before=query.before,
            after=query.after,
        )
        verdicts = feedback_on(session, [message.id for message in page])
    return [as_json(m) | {"feedback": verdicts.get(m.id)} for m in page], more


def _person(member: StaffMember) -> dict[str, Any]:
    return {
        "id": member.employee_id,
        "name": member.name,
        "name_en": member.name_en,
        "role": member.role,
        "branch_zh": member.branch_zh,
        "branch_en": member.branch_en,
    }


def _refusal(words: Words, error: Exception) -> HTTPResponse:
    code = error.code if isinstance(error, AssistantError) else "malformed"
    status = _BAD_REQUEST
    if isinstance(error, IdentityError):
        status = _UNAUTHORISED
    elif isinstance(error, MessageRefused):
        status = _BUSY
    elif isinstance(error, FileNotKept | NoSuchAnswer):
        status = _MISSING
    return error_response(words, code, status)


def error_response(words: Words, code: str, status: int) -> HTTPResponse:
    """Return an error in both languages."""
    told = {language: words.say(language, f"errors.{code}") for language in LANGUAGES}
    return json_response({"error": {"code": code, **told}}, status=status)
