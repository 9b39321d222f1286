"""What may be offered to whom. Each product held back names the rule it breaks and its values.

One client and one product at a time; for many clients at once see `recommender.gate_block`,
which decides alike.
"""

from collections.abc import Callable, Mapping
from datetime import date

from recommender.cases import ClientCase, ProductFacts
from recommender.gate_rules import USUAL, GateRules, Rule
from recommender.results import HeldBack

__all__ = ["Rule", "held_back", "risk_step"]

type _Detail = Mapping[str, str] | None


def held_back(
    case: ClientCase, product: ProductFacts, today: date, rules: GateRules = USUAL
) -> HeldBack | None:
    """Find what keeps a product from a client; None if it may be offered.

    A product of risk level Rn suits a client of grade Cm if and only if n ≤ m, as the industry's
    matching rule has it; a questionnaire is valid through its last day. A level or a grade that
    cannot be read suits nobody.

    Returns
    -------
    HeldBack or None
        The first rule broken, in the order of `rules`, with all others broken beside it.
    """
    broken: list[HeldBack] = []
    for rule in rules.order:
        detail = _CHECKS[rule](case, product, today)
        if detail is not None:
            broken.append(HeldBack(product.product_id, rule, detail))
            if rule in rules.final:
                break
    else:
        broken += _limits(case, product, rules)
    if not broken:
        return None
    first, *others = broken
    if first.rule in rules.final:
        return first
    return HeldBack(first.product_id, first.rule, first.detail, tuple(others))


def risk_step(letter: str, code: str | None) -> int | None:
    """Return the number of a level or grade such as ``R3`` or ``C5``; None if it is neither."""
    code = code or ""
    valid = len(code) == 2 and code[0] == letter and code[1] in "12345"
    return int(code[1]) if valid else None


def _limits(case: ClientCase, product: ProductFacts, rules: GateRules) -> list[HeldBack]:
    return [
        HeldBack(
            product.product_id,
            limit.code,
            {
                "need": limit.need.wanted,
                "value": str(case.attributes.get(limit.need.attribute) or ""),
            },
        )
        for limit in rules.limits
        if product.product_id in limit.products and not limit.need.met(case.attributes)
    ]


def _already_held(case: ClientCase, product: ProductFacts, _today: date) -> _Detail:
    return {"product": product.product_id} if product.product_id in case.held else None


def _client_kind(case: ClientCase, product: ProductFacts, _today: date) -> _Detail:
    if product.client_kind in (None, case.kind):
        return None
    return {"open_to": str(product.client_kind), "client": case.kind}


def _do_not_contact(case: ClientCase, _product: ProductFacts, _today: date) -> _Detail:
    return {"client": case.client_id} if case.do_not_contact else None


def _place(case: ClientCase, product: ProductFacts, _today: date) -> _Detail:
    if product.branches and case.branch_id not in product.branches:
        return {"sold_in": ", ".join(product.branches), "at": case.branch_id or ""}
    if product.regions and case.region not in product.regions:
        return {"sold_in": ", ".join(product.regions), "at": case.region or ""}
    return None


def _sales_window(_case: ClientCase, product: ProductFacts, today: date) -> _Detail:
    if product.sold_from is not None and today < product.sold_from:
        return {"begins": product.sold_from.isoformat()}
    if product.sold_until is not None and today > product.sold_until:
        return {"ended": product.sold_until.isoformat()}
    return None


def _quota(_case: ClientCase, product: ProductFacts, _today: date) -> _Detail:
    if product.quota is None or product.taken < product.quota:
        return None
    return {"quota": str(product.quota), "taken": str(product.taken)}


def _requires_product(case: ClientCase, product: ProductFacts, _today: date) -> _Detail:
    lacking = [needed for needed in product.requires if needed not in case.held]
    return {"requires": ", ".join(lacking)} if lacking else None


def _licence(case: ClientCase, product: ProductFacts, _today: date) -> _Detail:
    if product.licence is None or product.licence in case.licences:
        return None
    return {"licence": product.licence}


def _balance_floor(case: ClientCase, product: ProductFacts, _today: date) -> _Detail:
    if product.balance_floor is None:
        return None
    if case.balance is not None and case.balance >= product.balance_floor:
        return None
    balance = "" if case.balance is None else str(case.balance)
    return {"floor_fen": str(product.balance_floor), "balance_fen": balance}


def _questionnaire_missing(case: ClientCase, product: ProductFacts, _today: date) -> _Detail:
    if product.risk_level is None or case.risk_grade:
        return None
    return {"risk_level": product.risk_level}


def _questionnaire_expired(case: ClientCase, product: ProductFacts, today: date) -> _Detail:
    if product.risk_level is None or not case.risk_grade or case.risk_expires_on is None:
        return None
    if case.risk_expires_on >= today:
        return None
    return {"risk_level": product.risk_level, "expired_on": case.risk_expires_on.isoformat()}


def _suitability_risk(case: ClientCase, product: ProductFacts, _today: date) -> _Detail:
    if product.risk_level is None or not case.risk_grade:
        return None
    level, grade = risk_step("R", product.risk_level), risk_step("C", case.risk_grade)
    if level is not None and grade is not None and level <= grade:
        return None
    return {"risk_level": product.risk_level, "risk_grade": case.risk_grade}


def _quiet_period(case: ClientCase, product: ProductFacts, today: date) -> _Detail:
    quiet = case.quiet.get(product.product_id)
    if quiet is None or today > quiet.until:
        return None
    return {"until": quiet.until.isoformat(), "reason": quiet.reason}


def _control_group(case: ClientCase, product: ProductFacts, _today: date) -> _Detail:
    return {"product": product.product_id} if product.product_id in case.withheld else None


_CHECKS: Mapping[Rule, Callable[[ClientCase, ProductFacts, date], _Detail]] = {
    Rule.ALREADY_HELD: _already_held,
    Rule.CLIENT_KIND: _client_kind,
    Rule.DO_NOT_CONTACT: _do_not_contact,
    Rule.PLACE: _place,
    Rule.SALES_WINDOW: _sales_window,
    Rule.QUOTA: _quota,
    Rule.REQUIRES_PRODUCT: _requires_product,
    Rule.LICENCE: _licence,
    Rule.BALANCE_FLOOR: _balance_floor,
    Rule.QUESTIONNAIRE_MISSING: _questionnaire_missing,
    Rule.QUESTIONNAIRE_EXPIRED: _questionnaire_expired,
    Rule.SUITABILITY_RISK: _suitability_risk,
    Rule.QUIET_PERIOD: _quiet_period,
    Rule.CONTROL_GROUP: _control_group,
}
