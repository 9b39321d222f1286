"""The chat page and its files, under a policy that lets nothing else in."""

from pathlib import Path

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import html

from assistant.channels.base import App
from assistant.channels.web.shells import shell

STATIC = Path(__file__).parent / "static"

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


def page_blueprint() -> Blueprint:
    """Return the route of the page and of its static files."""
    routes, shown = Blueprint("page"), shell("chat")

    @routes.get("/")
    async def page(_: Request) -> HTTPResponse:
        return html(shown, headers={"cache-control": "no-cache"})

    routes.static("/static", STATIC, name="static")

    return routes


def secure(app: App) -> None:
    """Put the security headers on every response."""

    @app.on_response  # type: ignore[untyped-decorator]
    async def headers(request: Request, response: HTTPResponse) -> None:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        kept = "no-store" if request.path.startswith("/api/") else "no-cache"
        response.headers.setdefault("cache-control", kept)
