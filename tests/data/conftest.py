"""One small sample bank, and one written to disk, for every test of the generator."""

from pathlib import Path

import pytest

from data.sample.bank import SampleBank, build_bank
from data.sample.settings import SampleSettings
from data.sample.writer import write_bank

SMALL = SampleSettings(seed=11, clients=1200)


@pytest.fixture(scope="session")
def bank() -> SampleBank:
    return build_bank(SMALL)


@pytest.fixture(scope="session")
def written(bank: SampleBank, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("sample")
    write_bank(bank, out)
    return out
