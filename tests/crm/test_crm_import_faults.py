"""Every fault of an import directory is found and placed, and good rows are not blamed."""

from datetime import date

import pytest

from crm.errors import ImportRefused
from crm.imports.run import validate

TODAY = date(2026, 6, 30)


def faults_of(files):
    """Return what is found, as (file, line, column, code)."""
    with pytest.raises(ImportRefused) as refused:
        validate(files.directory, TODAY)
    return [(fault.file, fault.line, fault.column, fault.code) for fault in refused.value.faults]


def test_a_directory_without_faults_is_accepted(files):
    """Byte order mark, Windows line ends and blank lines are no faults."""
    path = files.directory / "clients.csv"
    text = path.read_text(encoding="utf-8").replace("\n", "\r\n") + "\r\n"
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    sheet = validate(files.directory, TODAY).sheets["clients.csv"]
    assert [row["client_id"] for row in sheet.rows] == ["C000001", "C000002", "C000003"]


@pytest.mark.parametrize(
    ("file", "line", "column", "value", "code"),
    [
        ("branches.csv", 2, "name_en", "", "required"),
        ("employees.csv", 2, "role", "boss", "bad_choice"),
        ("employees.csv", 6, "branch_id", "B09", "unknown_reference"),
        ("employees.csv", 2, "leader_id", "E0005", "not_leader"),
        ("employees.csv", 3, "leader_id", "E0001", "leader_led"),
        ("products.csv", 3, "requires", "DEPOSIT_X", "unknown_reference"),
        ("products.csv", 2, "channels", "counter;post", "bad_choice"),
        ("clients.csv", 3, "opened_on", "2024-02-30", "impossible_date"),
        ("clients.csv", 3, "opened_on", "2026-07-01", "future"),
        ("clients.csv", 2, "grade", "Gold", "bad_choice"),
        ("clients.csv", 2, "manager_id", "E0404", "unknown_reference"),
        ("clients.csv", 2, "manager_id", "E0001", "not_manager"),
        ("clients.csv", 2, "manager_id", "E0004", "other_branch"),
        ("corporate.csv", 2, "registered_capital", "5,000,000", "grouped_amount"),
        ("corporate.csv", 2, "annual_revenue", "-1", "negative_amount"),
        ("corporate.csv", 2, "investment_plan", "扩建厂房", "bad_code"),
        ("personal.csv", 2, "personal_income", "120000.001", "too_fine_amount"),
        ("personal.csv", 2, "birth_year", "90", "bad_year"),
        ("holdings.csv", 4, "closed_on", "2023-01-04", "closed_before_opened"),
        ("holdings.csv", 2, "client_id", "C000404", "unknown_reference"),
        ("holdings.csv", 2, "product_id", "GOLD", "unknown_reference"),
        ("indicators.csv", 3, "month", "2026-13", "bad_month"),
        ("indicators.csv", 3, "deposit_transactions", "7.5", "bad_count"),
        ("indicators.csv", 4, "client_id", "C000404", "unknown_reference"),
    ],
)
def test_one_wrong_cell_is_one_fault_in_its_place(files, file, line, column, value, code):
    """Nothing else is blamed for it, neither in this file nor in another."""
    files.change(file, line, column, value)
    assert faults_of(files) == [(file, line, column, code)]


def test_all_faults_are_listed_at_once_in_the_order_of_the_files(files):
    """Somebody correcting files sees the whole work, not the first step of it."""
    files.change("indicators.csv", 2, "deposit_balance", "1,0")
    files.change("clients.csv", 4, "grade", "silver")
    files.change("clients.csv", 2, "opened_on", "2020-6-30")
    files.change("branches.csv", 3, "name_zh", "")
    assert faults_of(files) == [
        ("branches.csv", 3, "name_zh", "required"),
        ("clients.csv", 2, "opened_on", "bad_date"),
        ("clients.csv", 4, "grade", "bad_choice"),
        ("indicators.csv", 2, "deposit_balance", "grouped_amount"),
    ]


def test_a_missing_file_is_one_fault(files):
    """The ids that stood in it are not reported as unknown elsewhere."""
    (files.directory / "clients.csv").unlink()
    assert faults_of(files) == [("clients.csv", 0, "", "missing_file")]


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n \n"])
def test_an_empty_file_is_one_fault(files, content):
    """Nothing, a lone byte order mark and blank lines are all empty."""
    (files.directory / "products.csv").write_bytes(content)
    assert faults_of(files) == [("products.csv", 0, "", "empty_file")]


def test_another_encoding_is_told_with_its_byte_and_line(files):
    """A file in GB 18030 is refused where its first Chinese character stands."""
    path = files.directory / "employees.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    with pytest.raises(ImportRefused) as refused:
        validate(files.directory, TODAY)
    (fault,) = refused.value.faults
    assert (fault.file, fault.line, fault.code) == ("employees.csv", 2, "not_utf8")
    content = path.read_bytes()
    assert fault.value == f"0x{content[int(fault.detail['byte']) - 1]:02X}"


def test_missing_unknown_and_repeated_columns_are_each_told(files):
    """A misspelt column is both missing and unknown, and the near name is offered."""
    rows = files.rows("branches.csv")
    rows = [[*row, "x"] for row in rows]
    rows[0] = ["branch_id", "name_zh", "name_eng", "city", "city"]
    files.write("branches.csv", rows)
    with pytest.raises(ImportRefused) as refused:
        validate(files.directory, TODAY)
    found = {(fault.column, fault.code) for fault in refused.value.faults}
    assert found == {
        ("name_en", "missing_column"),
        ("name_eng", "unknown_column"),
        ("city", "repeated_column"),
    }
    unknown = next(f for f in refused.value.faults if f.code == "unknown_column")
    assert unknown.detail["columns"] == "name_en"


def test_a_missing_id_column_blames_no_other_file(files):
    """Without client ids nothing can be said about who is unknown."""
    rows = files.rows("clients.csv")
    rows[0][0] = "id"
    files.write("clients.csv", rows)
    codes = {fault[3] for fault in faults_of(files)}
    assert codes == {"missing_column", "unknown_column"}


def test_a_row_with_a_comma_too_many_is_told_by_its_line(files):
    """Lines are those of the file even after a text that spans two of them."""
    files.change("clients.csv", 2, "name", "望川\n贸易")
    files.append("clients.csv", "C000004,personal,秦癸")
    assert faults_of(files) == [("clients.csv", 6, "", "ragged")]


def test_an_unclosed_quote_is_told_where_its_row_begins(files):
    """The rest of the file, swallowed by the quote, is not reported row by row."""
    files.append("holdings.csv", 'C000002,"FUND,2026-01-01,')
    assert faults_of(files) == [("holdings.csv", 6, "", "bad_csv")]


def test_a_row_given_twice_is_a_duplicate(files):
    """The later line is named, the earlier one is in the sentence."""
    files.append("branches.csv", "B01,又一支行,Another Branch,")
    assert faults_of(files) == [("branches.csv", 4, "branch_id", "duplicate")]


def test_a_month_given_twice_is_a_duplicate(files):
    """One client has one row of indicators a month."""
    files.append("indicators.csv", "C000001,2026-04" + "," * 16)
    assert faults_of(files) == [("indicators.csv", 5, "client_id", "duplicate")]


def test_two_responsible_managers_have_their_own_message(files):
    """Both managers and the other line are in the sentence."""
    files.append("clients.csv", "C000001,corporate,望川,,B01,E0003,gold,,2020-06-30,,")
    with pytest.raises(ImportRefused) as refused:
        validate(files.directory, TODAY)
    (fault,) = refused.value.faults
    assert (fault.line, fault.column, fault.code) == (5, "manager_id", "two_managers")
    assert fault.detail == {"line": "2", "one": "E0002", "other": "E0003"}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("C000001,DEPOSIT_C,2022-01-01,", "overlap"),
        ("C000001,EBANK_C,2022-01-01,2022-02-01", "overlap"),
        ("C000001,EBANK_C,2020-01-01,2021-01-06", "overlap"),
        ("C000001,DEPOSIT_C,2020-06-30,", "duplicate"),
    ],
)
def test_the_same_product_cannot_be_held_twice_at_once(files, row, code):
    """Holdings may follow each other on the same day, but not overlap."""
    files.append("holdings.csv", row)
    assert [fault[3] for fault in faults_of(files)] == [code]


def test_holdings_one_after_the_other_are_no_overlap(files):
    """A product closed and opened again the same day is held once at any time."""
    files.append("holdings.csv", "C000001,EBANK_C,2026-06-30,")
    validate(files.directory, TODAY)


def test_a_client_without_profile_is_told(files):
    """Even a profile of which nothing is known needs its row."""
    files.write("corporate.csv", files.rows("corporate.csv")[:1])
    assert faults_of(files) == [("clients.csv", 2, "client_id", "no_profile")]


def test_a_profile_of_the_wrong_kind_is_told(files):
    """A person in the companies' file is named there."""
    files.append("corporate.csv", "C000002" + "," * 17)
    assert faults_of(files) == [("corporate.csv", 3, "client_id", "wrong_profile")]
