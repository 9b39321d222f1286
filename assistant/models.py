"""``python -m assistant models``: which versions there are, which is in use, how it holds up."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from assistant.bootstrap import build_resources, business_day
from assistant.identity import utc_now
from assistant.replies.drift_plot import drift_plot
from assistant.replies.plots import writes_chinese
from assistant.replies.templates import Language, Words
from assistant.services.drifting import ModelDrift, model_drift
from assistant.services.scoring_tables import write_tables
from assistant.settings import Settings
from crm.errors import StoreError
from crm.products import Product, list_products
from crm.store import audit
from crm.store.engine import Store, create_store
from knowledge.library import Library
from recommender.drift import Drift
from recommender.errors import ModelError, RecommenderError
from recommender.registry import Registry
from recommender.release import judge

app = typer.Typer(add_completion=False, no_args_is_help=True)

_FAILED = 1
_LANGUAGE = typer.Option(help="zh or en; LANG decides when not given.")
_LOCALE = typer.Option(envvar="LANG", hidden=True)
_JSON = typer.Option("--json", help="Print one JSON object.")
_BY = typer.Option(help="Who decides: employee number or name.")
_BECAUSE = typer.Option(help="Why; kept in the audit log.")


@dataclass(frozen=True, slots=True)
class Office:
    """What the commands work with."""

    settings: Settings
    store: Store
    registry: Registry
    words: Words
    language: Language
    console: Console
    products: dict[str, Product]

    def say(self, key: str, **values: object) -> str:
        """Return one sentence of the words about models."""
        return self.words.say(self.language, f"models.{key}", **values)

    def label(self, key: str, code: str) -> str:
        """Return the word for a code."""
        return self.words.label(self.language, f"models.{key}", code)


@contextmanager
def _office(language: str, locale: str) -> Iterator[Office]:
    """Open the installation; tell in one sentence why something cannot be done."""
    settings = Settings()
    told: Language = "en" if (language or locale).startswith("en") else "zh"
    store = create_store(settings.store_url)
    error = Console(stderr=True, soft_wrap=True, markup=False, highlight=False)
    try:
        yield Office(
            settings,
            store,
            Registry(settings.recommender_dir),
            Words.load(settings.replies_dir),
            told,
            Console(soft_wrap=True, markup=False, highlight=False),
            _products(store),
        )
    except (RecommenderError, StoreError) as unable:
        error.print(str(unable))
        raise typer.Exit(_FAILED) from unable
    finally:
        store.close()


@app.command("list")
def list_versions(
    as_json: Annotated[bool, _JSON] = False,
    language: Annotated[str, _LANGUAGE] = "",
    locale: Annotated[str, _LOCALE] = "",
) -> None:
    """List every version: when it was made, how it stands, whether it can be used."""
    with _office(language, locale) as office:
        rows = [_version(office, version) for version in office.registry.versions()]
        if as_json:
            sys.stdout.write(json.dumps({"versions": rows}, ensure_ascii=False) + "\n")
            return
        if not rows:
            office.console.print(office.say("none"))
        table = Table()
        for column in ("version", "state", "trained_at", "mrr", "best_other", "why"):
            table.add_column(office.label("columns", column))
        for row in rows:
            state = office.label("states", row["state"])
            cells = (row["version"], state, row["trained_at"], row["mrr"], row["best_other"])
            table.add_row(*(str(cell) for cell in cells), row["why"])
        office.console.print(table)


@app.command()
def use(
    version: Annotated[str, typer.Argument(help="A version of `models list`.")],
    by: Annotated[str, _BY],
    because: Annotated[str, _BECAUSE],
    language: Annotated[str, _LANGUAGE] = "",
    locale: Annotated[str, _LOCALE] = "",
) -> None:
    """Put a version into use whatever the release rule says; it is kept who did so and why."""
    with _office(language, locale) as office:
        office.registry.load(version, office.products)  # a broken one is never pointed at
        with office.store.begin() as session:
            _record(session, by, "use_model", version, because)
            office.registry.use(version, by, because, utc_now())
        office.console.print(office.say("used", version=version))


@app.command()
def rollback(
    by: Annotated[str, _BY],
    because: Annotated[str, _BECAUSE],
    language: Annotated[str, _LANGUAGE] = "",
    locale: Annotated[str, _LOCALE] = "",
) -> None:
    """Put the version used before into use again."""
    with _office(language, locale) as office:
        version = office.registry.version_before()
        office.registry.load(version, office.products)
        with office.store.begin() as session:
            _record(session, by, "roll_back_model", version, because)
            office.registry.roll_back(by, because, utc_now())
        office.console.print(office.say("rolled_back", version=version))


@app.command()
def export(
    out: Annotated[Path | None, typer.Option(help="The folder; replaced whole.")] = None,
    language: Annotated[str, _LANGUAGE] = "",
    locale: Annotated[str, _LOCALE] = "",
) -> None:
    """Write the store as the tables that `python -m recommender score` reads."""
    with _office(language, locale) as office:
        folder = out or office.settings.tables_dir
        today = business_day(office.settings, utc_now)()
        library = Library.load(office.settings.content_dir, today)
        resources = build_resources(office.settings, office.store, utc_now, library)
        count = write_tables(resources, folder)
        office.console.print(office.say("exported", count=count, folder=folder))


@app.command()
def drift(
    as_json: Annotated[bool, _JSON] = False,
    report: Annotated[Path | None, typer.Option(help="Also write the picture (PNG).")] = None,
    language: Annotated[str, _LANGUAGE] = "",
    locale: Annotated[str, _LOCALE] = "",
) -> None:
    """Compare the clients of today with those the version in use was trained on."""
    with _office(language, locale) as office:
        today = utc_now().astimezone(office.settings.zone).date()
        with office.store.read() as session:
            found = model_drift(session, office.registry, today)
        if report is not None:
            report.write_bytes(_picture(office, found))
        if as_json:
            sys.stdout.write(json.dumps(_told(found), ensure_ascii=False) + "\n")
        else:
            _print_drift(office, found)


def _products(store: Store) -> dict[str, Product]:
    with store.read() as session:
        return {product.product_id: product for product in list_products(session)}


def _version(office: Office, version: str) -> dict[str, Any]:
    known = office.registry.in_use()
    used = known is not None and known.version == version
    row: dict[str, Any] = {"version": version, "state": "in_use" if used else "candidate"}
    row |= {"trained_at": "", "mrr": "", "best_other": "", "why": ""}
    try:
        card = office.registry.load(version, office.products).card
    except ModelError as refused:
        return row | {"state": "refused_in_use" if used else "refused", "why": str(refused)}
    row["trained_at"] = card.trained_at.astimezone(office.settings.zone).isoformat(" ", "minutes")
    verdict = judge(card)
    if card.metrics:
        *others, own = card.metrics
        best = max(others, key=lambda each: each.mrr)
        row |= {"mrr": f"{own.mrr:.3f}", "best_other": f"{best.method} {best.mrr:.3f}"}
    if used and known is not None:
        row["why"] = " · ".join(part for part in (known.by, known.because) if part)
    elif not verdict.measured:
        row["why"] = office.say("unmeasured")
    elif verdict.lost_to:
        row["why"] = office.say("lost_to", methods=", ".join(verdict.lost_to))
    return row


def _record(session: Any, by: str, action: str, version: str, because: str) -> None:
    audit.record(
        session,
        at=utc_now(),
        actor=by,
        action=action,
        subject=f"model:{version}",
        outcome="done",
        detail={"because": because},
    )
    session.flush()  # what cannot be logged is not done


def _told(found: ModelDrift) -> dict[str, Any]:
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


def _print_drift(office: Office, found: ModelDrift) -> None:
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


def _picture(office: Office, found: ModelDrift) -> bytes:
    readable = office.language == "en" or writes_chinese()
    shown = office if readable else Office(**{**_fields(office), "language": "en"})
    parts = [("attributes", row) for row in found.report.attributes]
    parts += [("holdings", row) for row in found.report.holdings]
    parts.sort(key=lambda each: -each[1].index)
    labels = {word: shown.label("plot", word) for word in ("axis", "watched", "shifted", "chance")}
    labels["title"] = shown.say("drift_heading", version=found.version, trained=found.trained_on)
    names = [_name(shown, part, row.name) for part, row in parts]
    return drift_plot([row for _, row in parts], names, labels)


def _fields(office: Office) -> dict[str, Any]:
    return {name: getattr(office, name) for name in Office.__dataclass_fields__}


def _name(office: Office, part: str, name: str) -> str:
    if part == "holdings":
        product = office.products.get(name)
        if product is None:
            return name
        return product.name_zh if office.language == "zh" else product.name_en
    return office.words.label(office.language, "attributes.names", name)
