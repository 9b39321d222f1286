"""The action endpoint that the dialogue process calls; nobody else may."""

import hmac

from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionNotFoundException
from sanic import Blueprint, HTTPResponse, Request
from sanic.response import json as json_response

from assistant.errors import AssertionRejected

_FORBIDDEN, _NOT_FOUND, _UNAUTHORISED = 403, 404, 401


def webhook_blueprint(executor: ActionExecutor, token: str) -> Blueprint:
    """Return the route that runs actions.

    Parameters
    ----------
    token
        Shared with the dialogue process alone; the identity itself comes from the assertion.
    """
    routes = Blueprint("actions", url_prefix="/internal")

    @routes.post("/actions")
    async def run(request: Request) -> HTTPResponse:
        if not hmac.compare_digest(str(request.args.get("token", "")).encode(), token.encode()):
            return json_response({"error": "forbidden"}, status=_FORBIDDEN)
        call = request.json
        try:
            result = await executor.run(call)
        except AssertionRejected as rejected:
            return json_response({"error": str(rejected)}, status=_UNAUTHORISED)
        except ActionNotFoundException as unknown:
            return json_response(
                {"error": str(unknown), "action_name": unknown.action_name}, status=_NOT_FOUND
            )
        return json_response(result.model_dump() if result else None)

    return routes
