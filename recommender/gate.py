"""What may be offered to whom. Each product held back names the first rule it breaks."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum

from recommender.cases import ClientCase, ProductFacts
from recommender.results import HeldBack


class Rule(StrEnum):
    """Codes of the rules, in the order they are tried."""

    ALREADY_HELD = "already_held"
    CLIENT_KIND = "client_kind"
    REQUIRES_PRODUCT = "requires_product"
    QUESTIONNAIRE_MISSING = "questionnaire_missing"
    QUESTIONNAIRE_EXPIRED = "questionnaire_expired"
    SUITABILITY_RISK = "suitability_risk"
    UNKNOWN_TO_MODEL = "unknown_to_model"


def held_back(case: ClientCase, product: ProductFacts, today: date) -> HeldBack | None:
    """Find the first rule that keeps a product from a client; None if it may be offered.

    A product of risk level Rn suits a client of grade Cm if and only if n ≤ m, as the industry's
    matching rule has it; a questionnaire is valid through its last day. A level or a grade that
    cannot be read suits nobody.
    """
    for rule, broken in _CHECKS.items():
        detail = broken(case, product, today)
        if detail is not None:
            return HeldBack(product.product_id, rule, detail)
    return None


type _Detail = Mapping[str, str] | None


def _already_held(case: ClientCase, product: ProductFacts, _today: date) -> _Detail:
    return {"product": product.product_id} if product.product_id in case.held else None


def _client_kind(case: ClientCase, product: ProductFacts, _today: date) -> _Detail:
    if product.client_kind in (None, case.kind):
        return None
    return {"open_to": str(product.client_kind), "client": case.kind}


def _requires_product(case: ClientCase, product: ProductFacts, _today: date) -> _Detail:
    lacking = [needed for needed in product.requires if needed not in case.held]
    return {"requires": ", ".join(lacking)} if lacking else None


def _questionnaire_missing(case: ClientCase, product: ProductFacts, _today: date) -> _Detail:
    if product.risk_level is None or case.risk_grade:
        return None
    return {"risk_level": product.risk_level}


def _questionnaire_expired(case: ClientCase, product: ProductFacts, today: date) -> _Detail:
    if product.risk_level is None or case.risk_expires_on is None:
        return None
    if case.risk_expires_on >= today:
        return None
    return {"risk_level": product.risk_level, "expired_on": case.risk_expires_on.isoformat()}


def _suitability_risk(case: ClientCase, product: ProductFacts, _today: date) -> _Detail:
    if product.risk_level is None:
        return None
    level, grade = _step("R", product.risk_level), _step("C", case.risk_grade or "")
    if level is not None and grade is not None and level <= grade:
        return None
    return {"risk_level": product.risk_level, "risk_grade": case.risk_grade or ""}


def _step(letter: str, code: str) -> int | None:
    valid = len(code) == 2 and code[0] == letter and code[1] in "12345"
    return int(code[1]) if valid else None


_CHECKS: Mapping[Rule, Callable[[ClientCase, ProductFacts, date], _Detail]] = {
    Rule.ALREADY_HELD: _already_held,
    Rule.CLIENT_KIND: _client_kind,
    Rule.REQUIRES_PRODUCT: _requires_product,
    Rule.QUESTIONNAIRE_MISSING: _questionnaire_missing,
    Rule.QUESTIONNAIRE_EXPIRED: _questionnaire_expired,
    Rule.SUITABILITY_RISK: _suitability_risk,
}
