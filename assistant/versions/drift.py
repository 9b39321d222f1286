"""How far the clients have moved away from those a version was trained on: told and drawn."""

from dataclasses import asdict, replace
from typing import Any

from rich.table import Table

from assistant.replies.drift_plot import drift_plot
from assistant.replies.plots import writes_chinese
from assistant.services.drifting import ModelDrift
from assistant.versions.office import Office
from recommender.drift import Drift


def as_json(found: ModelDrift) -> dict[str, Any]:
    """Return everything found, as one JSON object."""

    def rows(drifts: tuple[Drift, ...]) -> list[dict[str, Any]]:
        return [{**asdict(row), "shifted": row.shifted} for row in drifts]

    change = found.acceptance
    return {
        "version": found.version,
        "trained_on": found.trained_on.isoformat(),
        "today": found.today.isoformat(),
        "over": found.over,
        "attributes": rows(found.report.attributes),
        "holdings": rows(found.report.holdings),
        "acceptance": {
            "recent": asdict(change.one),
            "before": asdict(change.other),
            "difference": change.value,
            "interval": change.interval,
            "enough": change.enough,
            "fell": found.acceptance_fell,
        },
    }


def print_drift(office: Office, found: ModelDrift) -> None:
    """Print a table of the attributes, one of the holdings, and what clients accepted."""
    office.console.print(
        office.say("drift_heading", version=found.version, trained=found.trained_on)
    )
    for part, rows in (
        ("attributes", found.report.attributes),
        ("holdings", found.report.holdings),
    ):
        table = Table(title=office.say(f"drift_{part}"))
        for column in ("name", "index", "by_chance", "moved", "then", "now", "shifted"):
            table.add_column(office.label("drift_columns", column))
        for row in rows:
            cells = (f"{row.index:.3f}", f"{row.by_chance:.3f}", row.moved)
            shares = (f"{row.then:.1%}", f"{row.now:.1%}")
            mark = office.say("shifted") if row.shifted else ""
            table.add_row(_name(office, part, row.name), *cells, *shares, mark)
        office.console.print(table)
    change = found.acceptance
    said = "acceptance" if change.enough else "acceptance_too_few"
    low, high = change.interval
    office.console.print(
        office.say(
            said,
            recent=f"{change.one.hits}/{change.one.total}",
            before=f"{change.other.hits}/{change.other.total}",
            low=f"{low:+.1%}",
            high=f"{high:+.1%}",
        )
    )
    office.console.print(office.say("over" if found.over else "quiet"))


def picture(office: Office, found: ModelDrift) -> bytes:
    """Return a PNG of the drift of everything, in English where Chinese cannot be written."""
    readable = office.language == "en" or writes_chinese()
    shown = office if readable else replace(office, language="en")
    parts = [("attributes", row) for row in found.report.attributes]
    parts += [("holdings", row) for row in found.report.holdings]
    parts.sort(key=lambda each: -each[1].index)
    labels = {word: shown.label("plot", word) for word in ("axis", "watched", "shifted", "chance")}
    labels["title"] = shown.say("drift_heading", version=found.version, trained=found.trained_on)
    names = [_name(shown, part, row.name) for part, row in parts]
    return drift_plot([row for _, row in parts], names, labels)


def _name(office: Office, part: str, name: str) -> str:
    if part == "holdings":
        product = office.products.get(name)
        if product is None:
            return name
        return product.name_zh if office.language == "zh" else product.name_en
    return office.words.label(office.language, "attributes.names", name)
