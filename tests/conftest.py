"""What several packages of tests share: one running assistant for those that only talk to it."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.support.installation import RunningAssistant, running_assistant

# No property is about time, and the same examples are tried everywhere: what passed once passes on
# a slower machine, too. `--hypothesis-profile=exploring` tries others.
_PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("exploring", _PATIENT)
settings.register_profile("repeatable", _PATIENT, derandomize=True)
settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def assistant() -> Iterator[RunningAssistant]:
    """Return the one assistant that all talking tests share; who breaks things starts another."""
    with running_assistant() as running:
        yield running


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put browser tests last: Playwright keeps an event loop running in the main thread."""
    items.sort(key=lambda item: "tests/e2e" in str(item.path))
