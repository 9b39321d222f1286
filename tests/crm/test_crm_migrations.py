"""The migrations and the models say the same, on both databases."""

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from crm.store import migrate
from crm.store.engine import build_engine
from crm.store.tables import Base


def test_migrated_tables_are_those_of_the_models(store_url):
    """A migration forgotten, or a model changed alone, shows as a difference."""
    engine = build_engine(store_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, Base.metadata)
    engine.dispose()
    assert differences == []


def test_check_tells_a_missing_store_from_a_migrated_one(tmp_path):
    """Asking about a file that is not there answers no, and does not create it."""
    path = tmp_path / "deep" / "bank.db"
    url = f"sqlite:///{path}"
    assert not migrate.check(url)
    assert not path.parent.exists()
    migrate.upgrade(url)
    assert migrate.check(url)


def test_a_store_of_an_older_version_is_not_current(store_url):
    """A store whose version row is older than the code is told so."""
    engine = build_engine(store_url).execution_options(crm_writes=True)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = 'v0002'"))
    engine.dispose()
    assert not migrate.check(store_url)


def test_upgrading_twice_keeps_what_is_stored(bank, store_url):
    """An upgrade of a current store changes nothing in it."""
    migrate.upgrade(store_url)
    with bank.read() as session:
        assert session.execute(sa.text("SELECT count(*) FROM clients")).scalar_one() == 3


def test_a_migration_that_fails_half_way_leaves_no_table(tmp_path):
    """Table changes roll back on SQLite as on PostgreSQL."""
    url = f"sqlite:///{tmp_path / 'bank.db'}"
    engine = build_engine(url).execution_options(crm_writes=True)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE messages (other INTEGER)"))
    with pytest.raises(sa.exc.OperationalError, match="messages"):
        migrate.upgrade(url)
    with engine.connect() as connection:
        assert sa.inspect(connection).get_table_names() == ["messages"]
    engine.dispose()
