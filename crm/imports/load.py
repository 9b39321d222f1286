"""Write validated rows into the store, inside the caller's transaction."""

from collections.abc import Mapping

from sqlalchemy import Connection, Table, bindparam, delete
from sqlalchemy.dialects import postgresql, sqlite

from crm.imports.reading import Row, Sheet
from crm.store.tables import Base, clients, indicators, organisation, products

_UPSERTED: tuple[tuple[str, type[Base]], ...] = (
    ("branches.csv", organisation.Branch),
    ("employees.csv", organisation.Employee),
    ("products.csv", products.Product),
    ("clients.csv", clients.Client),
)
_REPLACED: tuple[tuple[str, type[Base]], ...] = (
    ("corporate.csv", clients.CorporateProfile),
    ("personal.csv", clients.PersonalProfile),
    ("holdings.csv", clients.Holding),
    ("indicators.csv", indicators.Indicators),
)


def write_all(connection: Connection, sheets: Mapping[str, Sheet]) -> dict[str, int]:
    """Upsert what has an id, and replace what belongs to the clients of the files.

    Returns
    -------
    dict of str to int
        Rows written, by file name.
    """
    for file, model in _UPSERTED:
        _upsert(connection, _table(model), _leaders_first(sheets[file].rows))
    client_ids: list[Row] = [{"of_client": row["client_id"]} for row in sheets["clients.csv"].rows]
    for file, model in _REPLACED:
        _replace(connection, _table(model), client_ids, sheets[file].rows)
    return {file: len(sheets[file].rows) for file, _ in (*_UPSERTED, *_REPLACED)}


def _table(model: type[Base]) -> Table:
    table = model.__table__
    if not isinstance(table, Table):
        raise TypeError(model)
    return table


def _leaders_first(rows: list[Row]) -> list[Row]:
    """Put those without a leader first, so that every leader is there before being named."""
    return sorted(rows, key=lambda row: row.get("leader_id") is not None)


def _upsert(connection: Connection, table: Table, rows: list[Row]) -> None:
    if not rows:
        return
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    insert = dialect.insert(table)
    given = rows[0].keys()  # an optional column that no file gave stays as it is in the store
    changed = {
        column.name: insert.excluded[column.name]
        for column in table.columns
        if not column.primary_key and column.name in given
    }
    statement = insert.on_conflict_do_update(
        index_elements=list(table.primary_key.columns), set_=changed
    )
    connection.execute(statement, rows)


def _replace(connection: Connection, table: Table, client_ids: list[Row], rows: list[Row]) -> None:
    if client_ids:
        connection.execute(
            delete(table).where(table.c.client_id == bindparam("of_client")), client_ids
        )
    if rows:
        connection.execute(table.insert(), rows)
