"""Clients and products as the gate must see them at this moment, with what was said of late."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta, tzinfo

from assistant.services.resources import Resources
from crm.clients.rights import Client
from crm.employees import list_branches
from crm.outcomes.records import OfferOutcome, outcomes_of, sold_since
from crm.products import Product, list_products
from crm.store.session import Session
from recommender.cases import ClientCase, ProductFacts, Quiet
from recommender.gate_rules import GateRules, Limit, Scope


@dataclass(frozen=True, slots=True)
class RuleTerms:
    """What is needed to say the gate's rules: the bank's own limits, and branches by name.

    Attributes
    ----------
    branches
        By branch id, by language code.
    """

    limits: tuple[Limit, ...] = ()
    branches: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The products by id, as shown and as the gate knows them."""

    products: Mapping[str, Product]
    facts: Mapping[str, ProductFacts]
    terms: RuleTerms


def catalogue(resources: Resources, session: Session) -> Catalogue:
    """Return the catalogue with what is sold of every quota."""
    products = {product.product_id: product for product in list_products(session)}
    campaigns = {name: p.sold_from for name, p in products.items() if p.quota is not None}
    taken = sold_since(session, campaigns)
    facts = {name: _facts(product, taken.get(name, 0)) for name, product in products.items()}
    names = {branch.branch_id: branch.names for branch in list_branches(session)}
    return Catalogue(products, facts, RuleTerms(resources.selling.gate.limits, names))


def cases_of(
    resources: Resources,
    session: Session,
    clients: Sequence[Client],
    products: Mapping[str, Product],
    today: date,
) -> list[ClientCase]:
    """Return clients as the gate must see them: with quiet periods and what is withheld."""
    rules = resources.selling.gate
    longest = max((period.days for period in rules.quiet.values()), default=0)
    since = resources.begin_of(today - timedelta(days=longest + 1))
    said: dict[str, list[OfferOutcome]] = {}
    for outcome in outcomes_of(session, [client.client_id for client in clients], since):
        said.setdefault(outcome.client_id, []).append(outcome)
    return [
        replace(
            case,
            quiet=quiet_products(said.get(case.client_id, ()), products, rules, resources.zone),
            withheld=rules.control.withheld(case.client_id, products),
        )
        for case in resources.book.cases(session, clients, today)
    ]


def quiet_products(
    outcomes: Sequence[OfferOutcome],
    products: Mapping[str, Product],
    rules: GateRules,
    zone: tzinfo,
) -> dict[str, Quiet]:
    """Return until when each product is not to be mentioned, by what a client last said.

    Of a product only the last outcome counts, so that an interest shown later ends the quiet.
    Days are counted from the one it was said on in the bank's zone.
    """
    last = {outcome.product_id: outcome for outcome in outcomes}
    quiet: dict[str, Quiet] = {}
    for outcome in last.values():
        period = rules.quiet_after(outcome.kind, outcome.reason)
        if period is None:
            continue
        until = outcome.said_at.astimezone(zone).date() + timedelta(days=period.days)
        reason = f"{outcome.kind}.{outcome.reason}" if outcome.reason else str(outcome.kind)
        for product_id in _reached(outcome.product_id, period.scope, products):
            if product_id not in quiet or quiet[product_id].until < until:
                quiet[product_id] = Quiet(until, reason)
    return quiet


def _reached(product_id: str, scope: Scope, products: Mapping[str, Product]) -> list[str]:
    if scope is Scope.CLIENT:
        return list(products)
    if scope is Scope.CATEGORY and product_id in products:
        category = products[product_id].category
        return [name for name, product in products.items() if product.category == category]
    return [product_id]


def _facts(product: Product, taken: int) -> ProductFacts:
    return ProductFacts(
        product_id=product.product_id,
        client_kind=None if product.client_kind == "both" else product.client_kind,
        risk_level=product.risk_level,
        requires=product.requires,
        licence=product.licence,
        balance_floor=product.balance_floor,
        branches=product.branches,
        regions=product.regions,
        sold_from=product.sold_from,
        sold_until=product.sold_until,
        quota=product.quota,
        taken=taken,
    )
