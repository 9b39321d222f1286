"""Command: write the sample bank as an import directory."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from data.sample.bank import build_bank
from data.sample.settings import SampleSettings
from data.sample.writer import write_bank

USUAL = SampleSettings()


def write_sample(
    out: Annotated[Path, typer.Option(help="Directory to write the CSV files to.")],
    seed: Annotated[int, typer.Option(help="The same seed gives the same bytes.")] = USUAL.seed,
    clients: Annotated[
        int, typer.Option(min=240, max=100_000, help="How many clients.")
    ] = USUAL.clients,
    as_of: Annotated[
        datetime, typer.Option(formats=["%Y-%m-%d"], help="Last day the data knows.")
    ] = datetime.combine(USUAL.as_of, datetime.min.time()),  # noqa: B008 - a constant day
    months: Annotated[int, typer.Option(min=1, help="Months of indicators.")] = USUAL.months,
) -> None:
    """Write an invented bank (branches, employees, products, clients, holdings, indicators)."""
    settings = SampleSettings(seed, clients, as_of.date(), months)
    bank = build_bank(settings)
    write_bank(bank, out)
    typer.echo(f"{out}: {len(bank.clients)} clients, {len(bank.holdings)} holdings (all invented)")


if __name__ == "__main__":
    typer.run(write_sample)
