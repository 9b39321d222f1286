"""The service's own parts over a copy of the prepared sample bank, without any process."""

import asyncio
from collections.abc import Iterator

import pytest

from assistant.bootstrap import Parts, build
from assistant.settings import Settings
from tests.support.seed import copy_seed


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    var = tmp_path_factory.mktemp("advising")
    copy_seed(var)
    settings = Settings(var=var, signing_key="a-throw-away-secret-of-more-than-32-bytes")  # type: ignore[arg-type]  # pydantic wraps it
    built = build(settings, action_token="a-throw-away-token")
    yield built
    asyncio.run(built.close())
