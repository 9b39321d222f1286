"""``python -m assistant models``: list versions, put one into use, look how it holds up."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from assistant.bootstrap import build_resources, business_day
from assistant.identity import utc_now
from assistant.services.drifting import model_drift
from assistant.services.scoring_tables import write_tables
from assistant.versions.drift import as_json as drift_as_json
from assistant.versions.drift import picture, print_drift
from assistant.versions.listing import describe_version
from assistant.versions.office import open_office
from crm.store import audit
from crm.store.session import Session
from knowledge.library import Library

app = typer.Typer(add_completion=False, no_args_is_help=True)

_LANGUAGE = typer.Option(help="zh or en; LANG decides when not given.")
_LOCALE = typer.Option(envvar="LANG", hidden=True)
_JSON = typer.Option("--json", help="Print one JSON object.")
_BY = typer.Option(help="Who decides: employee number or name.")
_BECAUSE = typer.Option(help="Why; kept in the audit log.")


@app.command("list")
def list_versions(
    as_json: Annotated[bool, _JSON] = False,
    language: Annotated[str, _LANGUAGE] = "",
    locale: Annotated[str, _LOCALE] = "",
) -> None:
    """List every version: when it was made, how it stands, whether it can be used."""
    with open_office(language, locale) as office:
        rows = [describe_version(office, version) for version in office.registry.versions()]
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
    with open_office(language, locale) as office:
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
    with open_office(language, locale) as office:
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
    with open_office(language, locale) as office:
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
    with open_office(language, locale) as office:
        today = business_day(office.settings, utc_now)()
        with office.store.read() as session:
            found = model_drift(session, office.registry, today)
        if report is not None:
            report.write_bytes(picture(office, found))
        if as_json:
            sys.stdout.write(json.dumps(drift_as_json(found), ensure_ascii=False) + "\n")
        else:
            print_drift(office, found)


def _record(session: Session, by: str, action: str, version: str, because: str) -> None:
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
