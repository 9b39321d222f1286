"""Write the store as the folder of tables that `python -m recommender score` reads."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from assistant.services.cases import Catalogue, cases_of, catalogue
from assistant.services.resources import Resources
from crm.clients.care import every_client
from crm.store.session import Session
from recommender.cases import ClientCase, ProductFacts

_BATCH = 2_000
_SEPARATOR = ";"
_PAIRS = ["client_id", "product_id"]


def write_tables(resources: Resources, folder: Path) -> int:
    """Write clients, holdings, quiet periods, control group and products; return the clients.

    Attributes, holdings, grades and what was said of late are those that the chat would use at
    this moment. The folder is replaced whole.
    """
    today = resources.today()
    resources.book.refresh(today)
    building = folder.with_name(f".{folder.name}")
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True)
    with resources.store.read() as session:
        known = catalogue(resources, session)
        cases = list(_cases(resources, session, known))
    pd.DataFrame([_client(case) for case in cases]).to_parquet(building / "clients.parquet")
    held = [(case.client_id, product) for case in cases for product in case.held]
    pd.DataFrame(held, columns=_PAIRS).to_parquet(building / "holdings.parquet")
    quiet = [
        (case.client_id, product, period.until.isoformat())
        for case in cases
        for product, period in case.quiet.items()
    ]
    columns = [*_PAIRS, "until"]
    pd.DataFrame(quiet, columns=columns, dtype="str").to_parquet(building / "quiet.parquet")
    withheld = [(case.client_id, product) for case in cases for product in case.withheld]
    pd.DataFrame(withheld, columns=_PAIRS, dtype="str").to_parquet(building / "withheld.parquet")
    products = pd.DataFrame([_product(facts) for facts in known.facts.values()])
    products.to_csv(building / "products.csv", index=False)
    shutil.rmtree(folder, ignore_errors=True)
    building.rename(folder)
    return len(cases)


def _cases(resources: Resources, session: Session, known: Catalogue) -> Iterator[ClientCase]:
    clients = every_client(session)
    for start in range(0, len(clients), _BATCH):
        batch = clients[start : start + _BATCH]
        yield from cases_of(resources, session, batch, known.products, resources.today())


def _client(case: ClientCase) -> dict[str, object]:
    return {
        **case.attributes,
        "client_id": case.client_id,
        "kind": case.kind,
        "branch_id": case.branch_id,
        "region": case.region,
        "risk_grade": case.risk_grade,
        "risk_expires_on": case.risk_expires_on and case.risk_expires_on.isoformat(),
        "licences": _SEPARATOR.join(case.licences),
        "balance_fen": case.balance,
        "do_not_contact": case.do_not_contact,
    }


def _product(facts: ProductFacts) -> dict[str, object]:
    return {
        "product_id": facts.product_id,
        "client_kind": facts.client_kind,
        "risk_level": facts.risk_level,
        "requires": _SEPARATOR.join(facts.requires),
        "licence": facts.licence,
        "balance_floor": facts.balance_floor,
        "branches": _SEPARATOR.join(facts.branches),
        "regions": _SEPARATOR.join(facts.regions),
        "sold_from": facts.sold_from,
        "sold_until": facts.sold_until,
        "quota": facts.quota,
        "taken": facts.taken,
    }
