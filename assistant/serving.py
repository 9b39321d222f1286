"""The service process: builds the parts, binds the port, serves until told to stop."""

import logging
import os
import warnings

import structlog

from assistant.bootstrap import build
from assistant.server import create_app
from assistant.settings import Settings


def serve(settings: Settings) -> None:
    """Serve until the process is told to stop."""
    configure_logs()
    parts = build(settings, action_token=os.environ["RM_ACTION_TOKEN"])
    app = create_app(parts)
    app.run(
        host=settings.host,
        port=settings.port,
        single_process=True,
        access_log=False,
        motd=False,
        debug=False,
    )


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
