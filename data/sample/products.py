"""The catalogue of the sample bank, read from ``products.csv`` beside this module."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

CATALOGUE = Path(__file__).with_name("products.csv")


@dataclass(frozen=True, slots=True)
class SampleProduct:
    """What the generator must know of a product; names and aliases stay in the file."""

    product_id: str
    risk: int
    """1 to 5 for R1 to R5, 0 for a product that bears no investment risk."""
    client_kind: str
    requires: tuple[str, ...]

    def open_to(self, kind: str) -> bool:
        """Whether a client of this kind (``corporate`` or ``personal``) may hold the product."""
        return self.client_kind in {kind, "both"}


def load_products() -> tuple[SampleProduct, ...]:
    """Read the catalogue in the order of the file."""
    return tuple(_product(row) for row in product_rows())


def product_rows() -> list[dict[str, str]]:
    """Read the catalogue's rows as written, one mapping of column to text a product."""
    with CATALOGUE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _product(row: Mapping[str, str]) -> SampleProduct:
    return SampleProduct(
        product_id=row["product_id"],
        risk=int(row["risk_level"].removeprefix("R") or 0),
        client_kind=row["client_kind"],
        requires=tuple(filter(None, row["requires"].split(";"))),
    )
