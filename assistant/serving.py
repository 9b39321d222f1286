"""The service process: builds the parts, binds the port, serves until told to stop."""

import logging
import os
import warnings

import structlog

from assistant.bootstrap import build
from assistant.running.errors import MissingSecret
from assistant.running.preparing import require_sample_in_demo
from assistant.server import create_app
from assistant.settings import Settings

_ACTION_TOKEN = "RM_ACTION_TOKEN"  # noqa: S105  # the name of a variable
_SHORTEST_SECRET = 32


def serve(settings: Settings) -> None:
    """Serve until the process is told to stop."""
    configure_logs()
    require_secrets(settings)
    parts = build(settings, action_token=os.environ[_ACTION_TOKEN])
    require_sample_in_demo(settings, parts.store)
    app = create_app(parts)
    app.run(
        host=settings.host,
        port=settings.port,
        single_process=True,
        access_log=False,
        motd=False,
        debug=False,
    )


def require_secrets(settings: Settings) -> None:
    """Refuse to serve with keys that anybody could guess.

    Raises
    ------
    MissingSecret
        A key is not set or too short.
    """
    given = {
        "RM_SIGNING_KEY": settings.signing_key.get_secret_value(),
        _ACTION_TOKEN: os.environ.get(_ACTION_TOKEN, ""),
    }
    if settings.portal_key.get_secret_value():
        given["RM_PORTAL_KEY"] = settings.portal_key.get_secret_value()
    for name, value in given.items():
        if len(value) < _SHORTEST_SECRET:
            raise MissingSecret(variable=name, length=_SHORTEST_SECRET)


def configure_logs() -> None:
    """Log one JSON object a line; what clients say and who they are is never logged."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    # The SDK warns that Rasa is of another version; the contract is kept by a test.
    warnings.filterwarnings("ignore", module="rasa_sdk")
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
