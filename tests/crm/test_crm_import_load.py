"""What is imported stands in the store; what is refused leaves it as it was."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from crm.errors import ImportRefused
from crm.imports.run import import_directory
from crm.store.tables import Base
from crm.store.tables.audit import AuditRow
from crm.store.tables.clients import Client, CorporateProfile, Holding, PersonalProfile
from crm.store.tables.organisation import Employee
from crm.store.tables.products import Product

NOW = datetime(2026, 6, 30, 9, 0, tzinfo=UTC)


def content_of(store):
    """Return every row of every table, comparable."""
    with store.read() as session:
        return {
            table.name: sorted(map(str, session.execute(sa.select(table))))
            for table in Base.metadata.sorted_tables
        }


def test_counts_are_those_of_the_files(store, files):
    """One count a file, and one audit row with all of them."""
    counts = import_directory(store, files.directory, NOW)
    assert counts == {
        "branches.csv": 2,
        "employees.csv": 5,
        "products.csv": 3,
        "clients.csv": 3,
        "corporate.csv": 1,
        "personal.csv": 2,
        "holdings.csv": 4,
        "indicators.csv": 3,
    }
    with store.read() as session:
        row = session.scalars(sa.select(AuditRow)).one()
    assert (row.at, row.action) == (NOW, "import")
    assert counts.items() <= row.detail.items()


def test_money_is_kept_in_fen_and_unknown_stays_unknown(bank):
    """-1000.5 yuan are -100050 fen; an empty cell is not 0."""
    with bank.read() as session:
        profile = session.get_one(CorporateProfile, "C000001")
        person = session.get_one(PersonalProfile, "C000003")
    assert profile.annual_revenue == 123_456_789
    assert profile.net_profit == -100_050
    assert profile.total_assets is None
    assert profile.founded_on == date(2010, 6, 30)
    assert (person.birth_year, person.household_income) == (None, None)


def test_the_same_files_again_change_nothing_but_the_audit_log(bank, files):
    """An import can be repeated without doubling anything."""
    before = content_of(bank)
    import_directory(bank, files.directory, NOW)
    after = content_of(bank)
    for content in (before, after):
        content.pop("audit_log")
        # The numbers of holdings are the database's own and may differ.
        content["holdings"] = [row.split(",", 1)[1] for row in content["holdings"]]
        content["holdings"].sort()
    assert after == before


def test_rows_are_updated_by_their_id(bank, files):
    """A client who moved to another manager is still one client."""
    files.change("clients.csv", 3, "manager_id", "E0002")
    import_directory(bank, files.directory, NOW)
    with bank.read() as session:
        assert session.get_one(Client, "C000002").manager_id == "E0002"
        assert session.scalar(sa.select(sa.func.count()).select_from(Client)) == 3


def test_holdings_of_the_clients_in_the_files_are_replaced_and_others_kept(bank, files):
    """A partial delivery touches only the clients it names."""
    for file in ("clients.csv", "personal.csv"):
        files.write(file, [row for row in files.rows(file) if row[0] in ("client_id", "C000002")])
    for file in ("corporate.csv", "holdings.csv", "indicators.csv"):
        files.write(file, files.rows(file)[:1])
    import_directory(bank, files.directory, NOW)
    with bank.read() as session:
        owners = set(session.scalars(sa.select(Holding.client_id)))
        assert session.scalar(sa.select(sa.func.count()).select_from(Client)) == 3
    assert owners == {"C000001"}


def test_a_client_who_changes_kind_has_one_profile(bank, files):
    """The profile of the former kind does not stay behind."""
    files.change("clients.csv", 3, "kind", "corporate")
    rows = files.rows("personal.csv")
    files.write("personal.csv", [row for row in rows if row[0] != "C000002"])
    files.append("corporate.csv", "C000002" + "," * 17)
    import_directory(bank, files.directory, NOW)
    with bank.read() as session:
        assert session.get(PersonalProfile, "C000002") is None
        assert session.get(CorporateProfile, "C000002") is not None


def test_refused_files_leave_the_store_as_it_was(bank, files):
    """One bad cell in the last file, and not even the first file is written."""
    before = content_of(bank)
    files.change("branches.csv", 2, "name_zh", "新名")
    files.change("indicators.csv", 4, "deposit_balance", "ten")
    with pytest.raises(ImportRefused):
        import_directory(bank, files.directory, NOW)
    assert content_of(bank) == before


def test_a_failure_while_writing_leaves_the_store_as_it_was(bank, files):
    """What the database itself refuses half way is taken back with all before it."""
    with bank.begin() as session:
        session.execute(sa.text("ALTER TABLE indicators RENAME TO indicators_away"))
    with bank.read() as session:
        before = sorted(map(str, session.execute(sa.select(Employee.name, Employee.role))))
    files.change("employees.csv", 2, "name", "改名")
    with pytest.raises(sa.exc.DBAPIError):
        import_directory(bank, files.directory, NOW)
    with bank.read() as session:
        after = sorted(map(str, session.execute(sa.select(Employee.name, Employee.role))))
    assert after == before


def with_column(files, file, name, values):
    """Add a column to a file of the import directory, a value a row."""
    header, *rows = files.rows(file)
    files.write(file, [[*header, name], *([*row, v] for row, v in zip(rows, values, strict=True))])


def test_optional_columns_are_read_when_they_are_there(store, files):
    """What the gate needs of clients and products comes with the same files."""
    with_column(files, "clients.csv", "do_not_contact", ["no", "yes", ""])
    with_column(files, "clients.csv", "licences", ["import_export;broker", "", ""])
    with_column(files, "products.csv", "balance_floor", ["", "", "50000.00"])
    with_column(files, "products.csv", "branches", ["B01;B02", "", ""])
    with_column(files, "products.csv", "sold_until", ["2026-12-31", "", ""])
    import_directory(store, files.directory, NOW)
    with store.read() as session:
        flags = [client.do_not_contact for client in session.scalars(sa.select(Client))]
        assert flags == [False, True, False]
        assert session.get_one(Client, "C000001").licences == ["import_export", "broker"]
        product = session.get_one(Product, "DEPOSIT_C")
        assert (product.branches, product.sold_until) == (["B01", "B02"], date(2026, 12, 31))
        assert session.get_one(Product, "FUND").balance_floor == 5_000_000


def test_an_import_without_an_optional_column_keeps_what_is_known(store, files):
    """An older export must not open the gate for a client who wants to be left alone."""
    before = files.rows("clients.csv")
    with_column(files, "clients.csv", "do_not_contact", ["yes", "yes", "no"])
    import_directory(store, files.directory, NOW)
    files.write("clients.csv", before)
    import_directory(store, files.directory, NOW)
    with store.read() as session:
        flags = [client.do_not_contact for client in session.scalars(sa.select(Client))]
    assert flags == [True, True, False]


@pytest.mark.parametrize(
    ("file", "name", "values", "code"),
    [
        ("clients.csv", "do_not_contact", ["maybe", "", ""], "bad_choice"),
        ("products.csv", "branches", ["B01;B99", "", ""], "unknown_reference"),
        ("products.csv", "balance_floor", ["-1", "", ""], "negative_amount"),
        ("products.csv", "licence", ["Broker Licence", "", ""], "bad_code"),
    ],
)
def test_a_wrong_cell_of_an_optional_column_is_refused(store, files, file, name, values, code):
    with_column(files, file, name, values)
    with pytest.raises(ImportRefused) as refused:
        import_directory(store, files.directory, NOW)
    assert [fault.code for fault in refused.value.faults] == [code]


def test_a_sales_window_that_ends_before_it_begins_is_refused(store, files):
    with_column(files, "products.csv", "sold_from", ["2026-05-02", "", ""])
    with_column(files, "products.csv", "sold_until", ["2026-05-01", "", ""])
    with pytest.raises(ImportRefused) as refused:
        import_directory(store, files.directory, NOW)
    assert [fault.code for fault in refused.value.faults] == ["window_closed"]
