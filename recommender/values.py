"""What a product is worth in a year, as the business states it, and when a call is hopeless."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from recommender.rule_files import Entry, RuleFile

VALUES_FILE = Path(__file__).with_name("content") / "values.yml"
_FEN_PER_YUAN = 100


@dataclass(frozen=True, slots=True)
class ProductValue:
    """The yearly value of one product, CNY.

    Attributes
    ----------
    yearly
        For any client, in fen.
    rate, of
        Added as a share of a client's attribute (in yuan); none when `of` is empty.
    at_most
        Cap of the whole in fen; None without one.
    """

    yearly: int
    rate: float = 0.0
    of: str = ""
    at_most: int | None = None

    def for_client(self, attributes: Mapping[str, object]) -> int:
        """Return the yearly value of a sale to one client, in fen.

        A figure that is not known adds nothing.
        """
        figure = attributes.get(self.of) if self.of else None
        known = isinstance(figure, int | float) and figure == figure  # noqa: PLR0124  # NaN
        worth = self.yearly + (round(self.rate * float(figure) * _FEN_PER_YUAN) if known else 0)  # type: ignore[arg-type]  # known is a number
        return worth if self.at_most is None else min(worth, self.at_most)


@dataclass(frozen=True, slots=True)
class Values:
    """What lists are ordered by.

    Attributes
    ----------
    by_product
        A product that is not in it is worth nothing, so that it is never pushed by oversight.
    hopeless_below
        Clients of a lower chance are left out of lists.
    most_of_one_product
        Largest share of a book's list that one product may take.
    rest_days
        Clients spoken to within so many days do not stand on the book's list again.
    """

    by_product: Mapping[str, ProductValue]
    hopeless_below: float
    most_of_one_product: float
    rest_days: int = 0

    def of(self, product_id: str, attributes: Mapping[str, object]) -> int:
        """Return the yearly value of selling a product to a client, in fen."""
        value = self.by_product.get(product_id)
        return 0 if value is None else value.for_client(attributes)


def load_values(path: Path = VALUES_FILE) -> Values:
    """Read a file of values.

    Raises
    ------
    RulesRefused
        With every fault, by file and line.
    """
    file = RuleFile(path)
    whole = file.open()
    whole.only("hopeless_below", "most_of_one_product", "rest_days", "values")
    shares = {name: _share(whole, name) for name in ("hopeless_below", "most_of_one_product")}
    values: dict[str, ProductValue] = {}
    for entry in whole.entries("values"):
        product = entry.text("product")
        if product in values:
            entry.fault("product", product, "has two values")
        values[product] = _value(entry)
    rest = whole.number("rest_days", default=0.0)
    if not (rest.is_integer() and rest >= 0):
        whole.fault("rest_days", f"{rest:g}", "must be whole days")
    file.close()
    return Values(values, **shares, rest_days=int(rest))


def _share(whole: Entry, key: str) -> float:
    share = whole.number(key)
    if not 0 <= share <= 1:
        whole.fault(key, f"{share:g}", "must be between 0 and 1")
    return share


def _value(entry: Entry) -> ProductValue:
    entry.only("product", "yearly", "rate", "of", "at_most")
    numbers = {key: entry.number(key, default=0.0) for key in ("yearly", "rate", "at_most")}
    for key, number in numbers.items():
        if number < 0:
            entry.fault(key, f"{number:g}", "must not be negative")
    if entry.has("rate") != entry.has("of"):
        entry.fault("rate", "", "and of belong together")
    return ProductValue(
        yearly=round(numbers["yearly"] * _FEN_PER_YUAN),
        rate=numbers["rate"],
        of=entry.text("of", default=""),
        at_most=round(numbers["at_most"] * _FEN_PER_YUAN) if entry.has("at_most") else None,
    )
