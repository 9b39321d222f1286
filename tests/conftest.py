"""What several packages of tests share: one running assistant for those that only talk to it."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.support.installation import RunningAssistant, running_assistant

# A busy machine is no fault: neither the time of one example nor that of drawing it fails a test.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def assistant() -> Iterator[RunningAssistant]:
    """Return the one assistant that all talking tests share; who breaks things starts another."""
    with running_assistant() as running:
        yield running


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put browser tests last: Playwright keeps an event loop running in the main thread."""
    items.sort(key=lambda item: "tests/e2e" in str(item.path))
