"""Pages of entries and tariff rows, for people who are signed in.

The page itself holds nothing; what it shows it asks for with the session of its tab.
"""

import asyncio
from typing import Any

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import html
from sanic.response import json as json_response

from assistant.channels.web.routes import WebChannel, bearer, error_response
from assistant.channels.web.shells import shell
from assistant.errors import AssistantError, IdentityError
from assistant.replies.blocks import as_data
from assistant.replies.pages import PagePresenter
from assistant.replies.templates import LANGUAGES
from assistant.services.pages import EntryPage, TariffPage, entry_page, tariff_page
from assistant.services.resources import Resources
from crm.employees import find_employee

_NOT_FOUND, _UNAUTHORISED = 404, 401


def entry_pages_blueprint(channel: WebChannel, resources: Resources) -> Blueprint:
    """Return the routes of the pages and of what they show."""
    routes, shown = Blueprint("entry_pages"), shell("entry")

    @routes.get("/entries/<name:str>", name="entry_page")
    @routes.get("/tariff/<name:str>", name="tariff_page")
    async def page(_: Request, **_name: str) -> HTTPResponse:
        return html(shown, headers={"cache-control": "no-cache"})

    @routes.get("/api/entries/<name:str>", name="entry")
    async def entry(request: Request, name: str) -> HTTPResponse:
        return json_response(await asyncio.to_thread(_entry, channel, resources, request, name))

    @routes.get("/api/tariff/<name:str>", name="tariff")
    async def tariff(request: Request, name: str) -> HTTPResponse:
        return json_response(await asyncio.to_thread(_tariff, channel, resources, request, name))

    @routes.exception(AssistantError)  # type: ignore[untyped-decorator]
    async def refused(_: Request, error: AssistantError) -> HTTPResponse:
        status = _UNAUTHORISED if isinstance(error, IdentityError) else _NOT_FOUND
        return error_response(channel.words, error.code, status)

    return routes


def _entry(
    channel: WebChannel, resources: Resources, request: Request, name: str
) -> dict[str, Any]:
    employee_id = channel.employee_of(bearer(request))
    with resources.content.held(), resources.store.read() as session:
        found = entry_page(resources, session, find_employee(session, employee_id), name)
        return _shown(channel, found)


def _tariff(
    channel: WebChannel, resources: Resources, request: Request, name: str
) -> dict[str, Any]:
    channel.employee_of(bearer(request))
    with resources.content.held(), resources.store.read() as session:
        return _shown(channel, tariff_page(resources, session, name))


def _shown(channel: WebChannel, found: EntryPage | TariffPage) -> dict[str, Any]:
    """Return title and blocks in both languages."""
    shown: dict[str, Any] = {}
    for language in LANGUAGES:
        presenter = PagePresenter(channel.words, language)
        blocks = presenter.entry(found) if isinstance(found, EntryPage) else presenter.tariff(found)
        shown[language] = {
            "title": presenter.title(found),
            "blocks": [as_data(block) for block in blocks],
        }
    return shown
