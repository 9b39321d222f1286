"""What a reader thinks of an answer: thumbs up or down, kept with the message it is about."""

import asyncio

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import json as json_response

from assistant.channels.base import conversation_id
from assistant.channels.web.routes import CHANNEL, WebChannel, bearer, tell_failures
from assistant.channels.web.schemas import FeedbackBody
from assistant.errors import NoSuchAnswer
from assistant.services.gaps.noting import take_feedback
from assistant.services.resources import Resources
from crm.employees import find_employee
from crm.terms import Verdict


def feedback_blueprint(channel: WebChannel, resources: Resources) -> Blueprint:
    """Return the route that takes verdicts on answers of one's own conversation."""
    routes = Blueprint("feedback", url_prefix="/api")

    @routes.post("/messages/<message_id:int>/feedback")
    async def feedback(request: Request, message_id: int) -> HTTPResponse:
        employee_id = await asyncio.to_thread(channel.employee_of, bearer(request))
        verdict = Verdict(FeedbackBody.model_validate_json(request.body).verdict)
        await asyncio.to_thread(_keep, resources, employee_id, message_id, verdict)
        return json_response({"id": message_id, "feedback": verdict})

    tell_failures(routes, channel.words)
    return routes


def _keep(resources: Resources, employee_id: str, message_id: int, verdict: Verdict) -> None:
    place = conversation_id(CHANNEL, employee_id), message_id
    with resources.store.begin() as session:
        employee = find_employee(session, employee_id)
        if not take_feedback(resources, session, employee, place, verdict):
            raise NoSuchAnswer(message_id)
