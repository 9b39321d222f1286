"""An assistant that these tests may break; each leaves it healthy."""

from collections.abc import Iterator

import pytest

from tests.support.installation import RunningAssistant, running_assistant

TURN_SECONDS = "12"


@pytest.fixture(scope="session")
def breakable() -> Iterator[RunningAssistant]:
    with running_assistant(RM_TURN_SECONDS=TURN_SECONDS) as running:
        yield running
