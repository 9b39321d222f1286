"""A fresh, migrated store a test on both databases, and a small invented bank as CSV files."""

import csv
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from crm.imports.run import import_directory
from crm.store import migrate
from crm.store.engine import create_store

NOW = datetime(2026, 6, 30, 9, 0, tzinfo=UTC)

# Invented people and figures; every id of the small bank is used by some test.
SMALL_BANK = {
    "branches.csv": """\
branch_id,name_zh,name_en,city
B01,云汀支行,Yunting Branch,云汀
B02,川上支行,Chuanshang Branch,
""",
    "employees.csv": """\
employee_id,name,name_en,role,branch_id,leader_id,expertise
E0002,李甲,Li Jia,manager,B01,E0001,
E0001,王乙,Wang Yi,leader,B01,,
E0003,赵丙,,manager,B01,E0001,
E0004,孙丁,Sun Ding,manager,B02,,
E0005,周戊,Zhou Wu,expert,B02,,trade finance;信用证
""",
    "products.csv": """\
product_id,name_zh,name_en,aliases,category,risk_level,client_kind,channels,requires
DEPOSIT_C,单位活期存款,Corporate deposit,对公户;current account,deposit,,corporate,counter;manager,
EBANK_C,企业网银,Corporate e-banking,网银,e_banking,,corporate,counter;online,DEPOSIT_C
FUND,开放式基金,Mutual fund,基金,investment,R3,personal,mobile,
""",
    "clients.csv": """\
client_id,kind,name,name_en,branch_id,manager_id,grade,region,opened_on,risk_grade,risk_expires_on
C000001,corporate,"望川贸易,有限公司",Wangchuan Trading,B01,E0002,gold,东区,2020-06-30,C3,2027-01-31
C000002,personal,陈己,,B01,E0003,standard,,2024-02-29,,
C000003,personal,林庚,Lin Geng,B02,E0004,private,西区,2026-06-30,C5,2026-01-01
""",
    "corporate.csv": """\
client_id,industry,industry_policy,industry_trend,competition,founded_on,registered_capital,\
shareholders,executives,annual_revenue,net_profit,total_assets,total_liabilities,market_rank,\
projects_under_construction,investment_plan,corporate_event,other_banks
C000001,import_export,neutral,growing,high,2010-06-30,5000000,吴辛 60%;郑壬 40%,吴辛,\
1234567.89,-1000.5,,,3,warehouse,overseas,listing_plan,2
""",
    "personal.csv": """\
client_id,birth_year,occupation,personal_income,household_income,household_structure,\
household_assets,main_consumption,consumption_preference,investment_preference
C000002,1990,teacher,120000.00,,couple,property,daily,thrift,funds
C000003,,,,,,,,,
""",
    "holdings.csv": """\
client_id,product_id,opened_on,closed_on
C000001,DEPOSIT_C,2020-06-30,
C000001,EBANK_C,2021-01-05,2023-01-05
C000001,EBANK_C,2023-01-05,2026-06-30
C000002,FUND,2026-06-30,
""",
    "indicators.csv": """\
client_id,month,deposit_balance,deposit_average,deposit_transactions,loan_balance,\
loan_disbursed,risk_loan_balance,interest_receivable,ebanking_turnover,credit_card_spend,\
debit_card_spend,international_settlement,agency_turnover,remittance_turnover,fund_turnover,\
bond_turnover,securities_link_turnover
C000001,2026-04,100.00,90.00,5,0.00,0,,,,,,,,,,,
C000001,2026-05,250.50,200.00,7,0.00,0,,,,,,,,,,,
C000002,2026-05,10,10,1,,,,,,,,,,,,,
""",
}


@dataclass(frozen=True)
class Files:
    """The small bank's import directory, with one thing or another changed."""

    directory: Path

    def rows(self, file):
        with (self.directory / file).open(encoding="utf-8", newline="") as stream:
            return list(csv.reader(stream))

    def write(self, file, rows):
        with (self.directory / file).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(rows)

    def change(self, file, line, column, value):
        """Set one cell; `line` is the line in the file, the header being 1."""
        rows = self.rows(file)
        rows[line - 1][rows[0].index(column)] = value
        self.write(file, rows)

    def append(self, file, text):
        with (self.directory / file).open("a", encoding="utf-8") as stream:
            stream.write(text + "\n")


@pytest.fixture
def files(tmp_path):
    directory = tmp_path / "import"
    directory.mkdir()
    for name, text in SMALL_BANK.items():
        (directory / name).write_text(text, encoding="utf-8")
    return Files(directory)


@pytest.fixture(scope="session")
def postgresql():
    """One PostgreSQL server for the whole run; yields the URL of its server without a database."""
    programs = _postgresql_programs()
    if programs is None:
        reason = "PostgreSQL's server programs are not installed (Debian package postgresql)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    # Not pytest's own temporary directory: the server's user must be able to enter it.
    home = Path(tempfile.mkdtemp(prefix="crm-pg-"))
    home.chmod(0o755)
    data, user = home / "data", _server_user()
    data.mkdir(mode=0o700)
    if user is not None:
        shutil.chown(data, user)
    port = _free_port()
    try:
        _as(user, programs / "initdb", "-D", data, "-U", "bank", "-A", "trust", "-E", "UTF8", "-N")
        options = f"-p {port} -h 127.0.0.1 -k '' -F -c synchronous_commit=off"
        log = data / "server.log"
        _as(user, programs / "pg_ctl", "-D", data, "-o", options, "-l", log, "-w", "start")
        try:
            yield f"postgresql://bank@127.0.0.1:{port}"
        finally:
            _as(user, programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql_template(postgresql):
    _administer(postgresql, "CREATE DATABASE migrated")
    migrate.upgrade(f"{postgresql}/migrated")
    return "migrated"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory):
    path = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    migrate.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request, tmp_path):
    """Yield the URL of a fresh store with the newest tables, on each database in turn."""
    if request.param == "sqlite":
        path = tmp_path / "bank.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server = request.getfixturevalue("postgresql")
    template = request.getfixturevalue("postgresql_template")
    name = f"bank_{uuid4().hex}"
    _administer(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield f"{server}/{name}"
    _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def store(store_url):
    opened = create_store(store_url)
    yield opened
    opened.close()


@pytest.fixture
def bank(store, files):
    """A store into which the small bank has been imported."""
    import_directory(store, files.directory, NOW)
    return store


def _postgresql_programs():
    on_path = shutil.which("initdb")
    homes = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parts[-2]))
    candidates = [*reversed(homes), *([Path(on_path).parent] if on_path else [])]
    complete = (home for home in candidates if (home / "pg_ctl").exists())
    return next((home for home in complete if (home / "initdb").exists()), None)


def _server_user():
    """The server refuses to run as root; any other user may run it as himself."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _as(user, *command):
    prefix = ["runuser", "-u", user, "--"] if user else []
    # A test may have changed LANG to a locale this machine does not have.
    environment = {**os.environ, "LC_ALL": "C"}
    subprocess.run(
        [*prefix, *map(str, command)],
        check=True,
        cwd="/",
        env=environment,
        stdout=subprocess.DEVNULL,
        timeout=240,
    )


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _administer(server, statement):
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(statement)
