"""Pictures and files of a conversation, for the person whose conversation it is."""

import asyncio
from urllib.parse import quote

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import raw

from assistant.channels.base import conversation_id
from assistant.channels.web.routes import CHANNEL, WebChannel, bearer, tell_failures
from assistant.turns import attachments
from assistant.turns.attachments import KeptFile


def files_blueprint(channel: WebChannel) -> Blueprint:
    """Return the route of kept files.

    The session token comes in a header, so that no address of a file opens it by itself.
    """
    routes = Blueprint("files", url_prefix="/api")

    @routes.get("/files/<file_id:str>")
    async def kept(request: Request, file_id: str) -> HTTPResponse:
        employee_id = await asyncio.to_thread(channel.employee_of, bearer(request))
        found = await asyncio.to_thread(_find, channel, employee_id, file_id)
        disposition = f"attachment; filename*=UTF-8''{quote(found.name, safe='')}"
        return raw(
            found.content,
            content_type=found.media_type,
            headers={"content-disposition": disposition},
        )

    tell_failures(routes, channel.words)
    return routes


def _find(channel: WebChannel, employee_id: str, file_id: str) -> KeptFile:
    with channel.store.read() as session:
        return attachments.find(session, file_id, conversation_id(CHANNEL, employee_id))
