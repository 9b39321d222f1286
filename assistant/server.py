"""The service's ASGI application: channels, actions, health and metrics."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from sanic import HTTPResponse, Request, Sanic
from sanic.response import json as json_response
from sanic.response import raw

from assistant.actions.registry import executor
from assistant.actions.webhook import webhook_blueprint
from assistant.bootstrap import Parts
from assistant.channels.base import App
from assistant.channels.web.entry_pages import entry_pages_blueprint
from assistant.channels.web.feedback import feedback_blueprint
from assistant.channels.web.files import files_blueprint
from assistant.channels.web.pages import page_blueprint, secure
from assistant.channels.web.routes import WebChannel, blueprint
from assistant.channels.web.stream import stream_blueprint
from assistant.services.reminding import remind

_SWEEP_SECONDS = 2.0
_REFRESH_SECONDS = 600.0
_MODEL_SECONDS = 2.0
_DRIFT_SECONDS = 900.0
_CONTENT_SECONDS = 2.0
_DELIVER_SECONDS = 0.5
_GAP_SECONDS = 1.0
_UNAVAILABLE = 503
_LARGEST_BODY = 1_000_000


def create_app(parts: Parts) -> App:
    """Return the application over parts that were built before."""
    app = Sanic("rm_assistant", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = _LARGEST_BODY
    app.config.KEEP_ALIVE_TIMEOUT = 75
    app.config.ACCESS_LOG = False
    channel = WebChannel(
        store=parts.store,
        signer=parts.signer,
        runner=parts.runner,
        staff=parts.staff,
        words=parts.words,
        demo=parts.settings.demo,
    )
    app.blueprint(page_blueprint())
    app.blueprint(blueprint(channel))
    app.blueprint(feedback_blueprint(channel, parts.resources))
    app.blueprint(files_blueprint(channel))
    app.blueprint(entry_pages_blueprint(channel, parts.resources))
    app.blueprint(stream_blueprint(channel, parts.board))
    app.blueprint(webhook_blueprint(executor(parts.desk), parts.action_token))
    secure(app)
    _add_health(app, parts)
    _add_clocks(app, parts)
    return app


def _add_health(app: App, parts: Parts) -> None:
    @app.get("/health/live")
    async def live(_: Request) -> HTTPResponse:
        return json_response({"status": "ok"})

    @app.get("/health")
    async def health(_: Request) -> HTTPResponse:
        dialogue = await parts.dialogue.healthy()
        store = await asyncio.to_thread(parts.store_answers)
        state = {
            "dialogue": "ok" if dialogue else "down",
            "store": "ok" if store else "down",
            "recommender": "ok" if parts.resources.model.model else "missing",
        }
        if model := parts.resources.model.model:
            state["model"] = model.card.version
        well = dialogue and store
        body = {"status": "ok" if well else "degraded", **state}
        return json_response(body, status=200 if well else _UNAVAILABLE)

    @app.get("/metrics")
    async def metrics(_: Request) -> HTTPResponse:
        return raw(parts.metrics.exposition(), content_type="text/plain; version=0.0.4")


def _add_clocks(app: App, parts: Parts) -> None:
    async def sweep() -> None:
        if told := await parts.runner.sweep():
            structlog.get_logger("clocks").warning("turns.interrupted", count=told)

    async def refresh() -> None:
        await asyncio.to_thread(parts.resources.book.refresh, parts.resources.today())
        await asyncio.to_thread(remind, parts.resources)

    async def deliver() -> None:
        await parts.deliverer.deliver()

    async def see_to_gaps() -> None:
        await asyncio.to_thread(parts.desk.answered.look)
        await asyncio.to_thread(parts.clerk.sort)
        await asyncio.to_thread(parts.clerk.see_to_owners)

    app.add_task(_every(_GAP_SECONDS, see_to_gaps))
    app.add_task(_every(_DELIVER_SECONDS, deliver))

    _add_model_clocks(app, parts)
    app.add_task(_every(_SWEEP_SECONDS, sweep))
    app.add_task(_every(_REFRESH_SECONDS, refresh))

    async def renew() -> None:
        await asyncio.to_thread(parts.renewal.look)

    app.add_task(_every(_CONTENT_SECONDS, renew))

    @app.after_server_stop
    async def close(_: App) -> None:
        await parts.close()


def _add_model_clocks(app: App, parts: Parts) -> None:
    async def watch_models() -> None:
        await asyncio.to_thread(parts.models.look)

    async def watch_drift() -> None:
        await asyncio.to_thread(parts.drift.look, parts.resources.today())

    app.add_task(_every(_MODEL_SECONDS, watch_models))
    app.add_task(_every(_DRIFT_SECONDS, watch_drift))


async def _every(seconds: float, work: Callable[[], Awaitable[None]]) -> None:
    """Do something again and again; a failure is logged and the clock goes on."""
    while True:
        await asyncio.sleep(seconds)
        try:
            await work()
        except Exception:
            structlog.get_logger("clocks").exception("clock.broke")
