"""The whole sample bank, put together from its parts.

How it hangs together, so that there is something to learn and popularity cannot learn it:
circumstances (``personal``, ``corporate``) shape hidden tastes (``tastes``); tastes and earlier
holdings decide which products a client takes (``holdings``) and when (``openings``); attributes
and risk grades show the tastes through noise; some attributes are missing (``missing``); monthly
figures follow from circumstances and holdings (``indicators``). Attributes and other holdings
are therefore both informative about a product, and neither settles it.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.sample import corporate, personal
from data.sample.clients import build_roster, draw_opening, grade, questionnaire
from data.sample.draws import Floats, stream
from data.sample.firms import invent_firms
from data.sample.holdings import take_products
from data.sample.indicators import IndicatorBasis, draw_indicators
from data.sample.missing import forget
from data.sample.openings import date_holdings
from data.sample.organisation import build_branches, build_employees
from data.sample.people import invent_client_names, romanise
from data.sample.permissions import draw_permissions
from data.sample.products import load_products, product_rows
from data.sample.settings import SampleSettings
from data.sample.tastes import draw_tastes

DRIFT = {"growing": 0.012, "shrinking": -0.012}


@dataclass(frozen=True, slots=True)
class SampleBank:
    """One frame a file of the import directory; money in fen, dates as timestamps."""

    branches: pd.DataFrame
    employees: pd.DataFrame
    products: pd.DataFrame
    clients: pd.DataFrame
    corporate: pd.DataFrame
    personal: pd.DataFrame
    holdings: pd.DataFrame
    indicators: pd.DataFrame


@dataclass(frozen=True, slots=True)
class _Side:
    """The clients of one kind: rows of clients.csv, what is true of them, their tastes."""

    clients: pd.DataFrame
    truth: pd.DataFrame
    tastes: Floats


def build_bank(settings: SampleSettings) -> SampleBank:
    """Invent the bank the settings ask for; the same settings give the same bank."""
    seed = settings.seed
    employees = build_employees(stream(seed, "employees"))
    roster = build_roster(stream(seed, "roster"), settings, employees)
    firms = _side(settings, roster, "corporate")
    people = _side(settings, roster, "personal")
    sides = pd.concat([firms.clients, people.clients], ignore_index=True)
    truth = pd.concat([firms.truth, people.truth], ignore_index=True)
    tastes = np.concatenate([firms.tastes, people.tastes])
    products = load_products()

    tenure = (pd.Timestamp(settings.as_of) - sides["opened_on"]).dt.days / 365.25
    facts = sides.assign(industry=truth["industry"], tenure_years=tenure)
    taken = take_products(stream(seed, "holdings"), facts, tastes, products)
    dates = stream(seed, "openings")
    holdings = date_holdings(dates, taken, sides, products, settings.as_of)
    allowed = draw_permissions(stream(seed, "permissions"), sides, truth["industry"], holdings)
    sides = pd.concat([sides, allowed], axis=1)
    basis = _basis(stream(seed, "basis"), sides, truth)
    months = settings.month_starts()
    return SampleBank(
        branches=build_branches(),
        employees=employees,
        products=pd.DataFrame(product_rows()),
        clients=_named(seed, sides, truth),
        corporate=forget(stream(seed, "missing corporate"), _profile(firms)),
        personal=forget(stream(seed, "missing personal"), _profile(people)),
        holdings=holdings,
        indicators=draw_indicators(stream(seed, "indicators"), basis, holdings, months),
    )


def _side(settings: SampleSettings, roster: pd.DataFrame, kind: str) -> _Side:
    rng = stream(settings.seed, kind)
    clients = roster[roster["kind"] == kind].reset_index(drop=True)
    as_of = settings.as_of
    if kind == "corporate":
        truth = corporate.draw_circumstances(rng, len(clients), as_of)
        tastes = draw_tastes(rng, kind, truth)
        shown = corporate.draw_plans(rng, tastes)
    else:
        truth = personal.draw_circumstances(rng, len(clients), as_of)
        tastes = draw_tastes(rng, kind, truth)
        shown = personal.draw_preferences(rng, truth, tastes)
    clients["grade"] = grade(rng, truth["worth"].to_numpy(dtype=np.float64))
    clients["opened_on"] = draw_opening(rng, truth["earliest"], as_of)
    clients = pd.concat([clients, questionnaire(rng, kind, tastes, as_of)], axis=1)
    return _Side(clients, pd.concat([truth, shown], axis=1), tastes)


def _profile(side: _Side) -> pd.DataFrame:
    inside = ["worth", "earliest", "age_band", "income_band", "size_band", "debt_band"]
    shown = side.truth.drop(columns=inside, errors="ignore")
    shown.insert(0, "client_id", side.clients["client_id"])
    return shown.sort_values("client_id", ignore_index=True)


def _named(seed: int, sides: pd.DataFrame, truth: pd.DataFrame) -> pd.DataFrame:
    firm = (sides["kind"] == "corporate").to_numpy()
    cities = sides["branch_id"].map(build_branches().set_index("branch_id")["city"])
    managers = sides["manager_id"].to_numpy(dtype=object)
    industry = truth["industry"].to_numpy(dtype=object)
    firms = invent_firms(
        stream(seed, "firms"), industry[firm], managers[firm], cities.to_numpy(dtype=object)[firm]
    )
    people = invent_client_names(stream(seed, "people"), managers[~firm])
    named = sides.assign(
        name=[zh for zh, _ in firms] + people,
        name_en=[en for _, en in firms] + [romanise(name) for name in people],
    )
    return named.sort_values("client_id", ignore_index=True)


def _basis(rng: np.random.Generator, sides: pd.DataFrame, truth: pd.DataFrame) -> IndicatorBasis:
    yearly = truth["annual_revenue"].fillna(truth["household_income"]).to_numpy(dtype=np.float64)
    # A firm sends only part of its revenue through one bank; a household almost all of its income.
    part = np.where(sides["kind"] == "corporate", rng.uniform(0.1, 0.7, len(sides)), 0.9)
    trend = truth["industry_trend"].map(DRIFT).fillna(0.002).to_numpy(dtype=np.float64)
    order = sides["client_id"].argsort().to_numpy()
    drift = trend + rng.normal(0, 0.012, len(sides))
    return IndicatorBasis(
        client_id=sides["client_id"].iloc[order].reset_index(drop=True),
        kind=sides["kind"].iloc[order].reset_index(drop=True),
        monthly_yuan=(yearly / 100 / 12 * part)[order],
        drift=drift[order],
        first_month=sides["opened_on"].to_numpy().astype("datetime64[M]")[order],
    )
