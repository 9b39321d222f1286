"""Command line of the client records: `python -m crm migrate`, `python -m crm import DIR`."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.exc import ArgumentError

from crm.errors import (
    ImportRefused,
    StoreBroken,
    StoreNotMigrated,
    StoreUnreachable,
)
from crm.imports.run import import_directory
from crm.imports.words import Language, fault_lines, say
from crm.store import migrate
from crm.store.engine import create_store

_FAULTY = 2

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="The bank's client records: create the tables, import the files.",
)

Database = Annotated[
    str,
    typer.Option(envvar="DATABASE_URL", help="sqlite:///FILE or postgresql://USER@HOST/NAME"),
]
Speech = Annotated[
    Language | None, typer.Option(help="Language of the messages; by default that of LANG.")
]
Locale = Annotated[str, typer.Option(envvar="LANG", hidden=True)]

_DEFAULT_DATABASE = "sqlite:///var/bank.db"


@app.command("migrate")
def migrate_store(
    database: Database = _DEFAULT_DATABASE, language: Speech = None, locale: Locale = ""
) -> None:
    """Create the store's tables, or bring them to the newest version."""
    spoken = _language(language, locale)
    with _told(spoken):
        migrate.upgrade(database)
        typer.echo(say("migrated", spoken))


@app.command("import")
def import_files(
    directory: Annotated[
        Path, typer.Argument(exists=True, file_okay=False, help="Directory of the CSV files.")
    ],
    database: Database = _DEFAULT_DATABASE,
    language: Speech = None,
    locale: Locale = "",
) -> None:
    """Validate the CSV files of a directory as a whole, then write them in one transaction."""
    spoken = _language(language, locale)
    with _told(spoken):
        if not migrate.check(database):
            raise StoreNotMigrated
        store = create_store(database)
        try:
            counts = import_directory(store, directory, datetime.now(UTC).astimezone())
        finally:
            store.close()
        for file, count in counts.items():
            typer.echo(say("imported", spoken, file=file, count=count))


def _language(chosen: Language | None, locale: str) -> Language:
    return chosen or (Language.EN if locale.startswith("en") else Language.ZH)


@contextmanager
def _told(language: Language) -> Iterator[None]:
    """Turn our errors into sentences on the error stream, and exit with a code."""
    try:
        yield
    except ImportRefused as refused:
        for line in fault_lines(refused.faults, language):
            typer.echo(line, err=True)
        _stop(say("refused", language, count=len(refused.faults)))
    except StoreBroken as broken:
        _stop(say("StoreBroken", language, path=broken.path))
    except StoreNotMigrated:
        _stop(say("StoreNotMigrated", language))
    except StoreUnreachable as unreachable:
        _stop(say("StoreUnreachable", language, place=unreachable.place))
    except ArgumentError:
        _stop(say("bad_url", language))


def _stop(sentence: str) -> None:
    typer.echo(sentence, err=True)
    raise typer.Exit(_FAULTY)


if __name__ == "__main__":
    app()
