"""The store commits whole transactions, refuses writes while reading, and knows damage."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from crm.errors import NaiveDatetime, StoreBroken, StoreUnreachable
from crm.store import migrate
from crm.store.engine import create_store, sqlite_path
from crm.store.tables.audit import AuditRow
from crm.store.tables.organisation import Branch, Employee
from crm.terms import Outcome, Role


def _branch():
    return Branch(branch_id="B99", name_zh="试验支行", name_en="Trial Branch")


def _branches(store):
    with store.read() as session:
        return list(session.scalars(sa.select(Branch.branch_id)))


def test_a_finished_transaction_is_kept(store):
    """What was added is there afterwards, and its attributes can still be read."""
    with store.begin() as session:
        branch = _branch()
        session.add(branch)
    assert branch.name_en == "Trial Branch"
    assert _branches(store) == ["B99"]


def test_an_error_takes_the_whole_transaction_back(store):
    """Nothing written before the error stays."""

    def fail_after_writing():
        with store.begin() as session:
            session.add(_branch())
            session.flush()
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        fail_after_writing()
    assert _branches(store) == []


def test_reading_cannot_write(store):
    """The database itself refuses a write in a read session, and takes it in the next one."""
    with store.read() as session:
        session.add(_branch())
        with pytest.raises(DBAPIError):
            session.flush()
    with store.begin() as session:
        session.add(_branch())
    assert _branches(store) == ["B99"]


def test_foreign_keys_hold(store):
    """An employee of an unknown branch is refused on both databases."""
    stray = Employee(employee_id="E1", name="甲", role=Role.EXPERT, branch_id="B404", expertise=[])
    with pytest.raises(IntegrityError), store.begin() as session:
        session.add(stray)


def test_times_come_back_in_utc_whatever_zone_they_were_written_in(store):
    """Shanghai's nine o'clock is read as one o'clock UTC."""
    at = datetime(2026, 3, 9, 9, 0, tzinfo=timezone(timedelta(hours=8)))
    with store.begin() as session:
        session.add(_audit_row(at))
    with store.read() as session:
        read = session.scalars(sa.select(AuditRow.at)).one()
    assert read == at
    assert read.tzinfo is UTC
    assert read.hour == 1


def test_a_time_without_a_zone_is_refused(store):
    """A naive datetime raises instead of being taken for some zone."""
    naive = datetime(2026, 3, 9, 9, 0)  # noqa: DTZ001  # the point of the test
    with pytest.raises(StatementError) as raised, store.begin() as session:
        session.add(_audit_row(naive))
    assert isinstance(raised.value.orig, NaiveDatetime)


def test_sqlite_is_opened_with_the_promised_settings(tmp_path):
    """Write-ahead log, foreign keys, a waiting time and normal synchronisation are on."""
    store = create_store(f"sqlite:///{tmp_path / 'bank.db'}")
    with store.read() as session:
        settings = {
            name: session.execute(sa.text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "foreign_keys", "busy_timeout", "synchronous")
        }
    store.close()
    assert settings == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "busy_timeout": 10000,
        "synchronous": 1,
    }


def test_a_reader_does_not_wait_for_a_writer(store):
    """While a transaction is open, others read the state before it."""
    with store.begin() as session:
        session.add(_branch())
        session.flush()
        assert _branches(store) == []


def test_a_file_that_is_no_database_is_named(tmp_path):
    """The error names the file and says what to do, and leaves the file alone."""
    path = tmp_path / "bank.db"
    path.write_text("this is a letter, not a database\n" * 10, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(StoreBroken, match=r"bank\.db .* backup"):
        create_store(f"sqlite:///{path}")
    assert path.read_bytes() == before


def test_a_truncated_database_is_noticed_when_opened(tmp_path):
    """A file cut to half its pages is refused before anything is read from it."""
    path = tmp_path / "bank.db"
    migrate.upgrade(f"sqlite:///{path}")
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(StoreBroken):
        create_store(f"sqlite:///{path}")


def test_damage_inside_the_file_is_noticed_when_met(tmp_path):
    """Pages overwritten behind an intact header raise the same error at the first read."""
    path = tmp_path / "bank.db"
    migrate.upgrade(f"sqlite:///{path}")
    content = path.read_bytes()
    path.write_bytes(content[:100] + b"\xff" * (len(content) - 100))
    store = create_store(f"sqlite:///{path}")
    with pytest.raises(StoreBroken), store.read() as session:
        session.scalars(sa.select(Branch)).all()
    store.close()


def test_a_server_that_is_not_there_is_told_without_the_password():
    """The error names the address to check, never the secret in it."""
    store = create_store("postgresql://bank:hush@127.0.0.1:1/bank")
    with (
        pytest.raises(StoreUnreachable, match=r"127\.0\.0\.1:1") as raised,
        store.read() as session,
    ):
        session.execute(sa.text("SELECT 1"))
    store.close()
    assert "hush" not in str(raised.value)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_usual_postgresql_address_is_taken(postgresql, scheme):
    """The forms that hosts hand out all reach the server."""
    store = create_store(postgresql.replace("postgresql", scheme, 1) + "/postgres")
    with store.read() as session:
        assert session.execute(sa.text("SELECT 1")).scalar_one() == 1
    store.close()


def test_only_sqlite_addresses_have_a_file():
    """A server's address names no file."""
    assert sqlite_path("postgresql://bank@host/name") is None
    assert str(sqlite_path("sqlite:///var/bank.db")) == "var/bank.db"


def _audit_row(at):
    return AuditRow(
        at=at, actor="E1", action="open_client", subject="C1", outcome=Outcome.ALLOWED, detail={}
    )
