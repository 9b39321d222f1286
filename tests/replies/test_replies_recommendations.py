"""Recommendations are shown whole: sums that hold, and words in the reader's language."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.replies.blocks import Block, Details, Table
from assistant.replies.client_lists import ClientListPresenter
from assistant.replies.reasons import ReasonWords
from assistant.replies.recommendations import RecommendationPresenter
from assistant.replies.templates import LANGUAGES, Language, Words
from assistant.services.cases import RuleTerms
from assistant.services.contacting import Contact, ContactList
from assistant.services.recommending import (
    ClientProducts,
    Explanation,
    ProductClients,
    RankedClient,
)
from crm.clients.rights import Client
from crm.products import Product
from crm.terms import ClientKind, Grade, RiskGrade
from recommender.book import Action, Worklist
from recommender.gate_rules import load_rules
from recommender.results import (
    ClientSuggestion,
    HeldBack,
    Reason,
    ReasonKind,
    Recommendation,
    Suggestion,
    UnknownAttribute,
)
from recommender.settings import Settings
from recommender.trained import ModelCard

type TextsOf = Callable[[Sequence[Block]], Iterator[str]]

SUGGESTED, OTHER = "TIME_C", "DEPOSIT_C"
HELD_BACK = (
    HeldBack("TIME_P", "client_kind", {"open_to": "personal"}),
    HeldBack("DEPOSIT_C", "already_held", {}),
    HeldBack("FUND_AGENCY", "suitability_risk", {"risk_level": "R4", "risk_grade": "C2"}),
    HeldBack("CUSTODY", "questionnaire_expired", {"expired_on": "2026-01-31"}),
    HeldBack("IB_ADVISORY", "questionnaire_missing", {"risk_level": "R3"}),
    HeldBack("SECURITIES_COOP", "requires_product", {"requires": "DEPOSIT_C, TIME_C"}),
    HeldBack("NEW_ONE", "unknown_to_model", {}),
    HeldBack("TIME_C", "do_not_contact", {"client": "C000059"}),
    HeldBack("TIME_C", "place", {"sold_in": "B01, East", "at": ""}),
    HeldBack("TIME_C", "sales_window", {"ended": "2026-10-15"}),
    HeldBack("TIME_C", "sales_window", {"begins": "2026-12-15"}),
    HeldBack("TIME_C", "quota", {"quota": "60", "taken": "60"}),
    HeldBack("TIME_C", "licence", {"licence": "foreign_trade"}),
    HeldBack("TIME_C", "balance_floor", {"floor_fen": "100000000", "balance_fen": "12"}),
    HeldBack("TIME_C", "balance_floor", {"floor_fen": "100000000", "balance_fen": ""}),
    HeldBack("TIME_C", "quiet_period", {"until": "2026-12-31", "reason": "refused.too_risky"}),
    HeldBack("TIME_C", "quiet_period", {"until": "2026-12-31", "reason": "offered"}),
    HeldBack("TIME_C", "control_group", {"product": "TIME_C"}),
    HeldBack("TIME_C", "insurance_age", {"need": "75", "value": ""}),
    HeldBack(
        "TIME_C",
        "questionnaire_expired",
        {"expired_on": "2026-01-31"},
        (HeldBack("TIME_C", "licence", {"licence": "securities"}),),
    ),
)
BRANCHES = {"B01": {"zh": "云汀支行", "en": "Yunting Branch"}}
TERMS = RuleTerms(load_rules().limits, BRANCHES)
CARD = ModelCard("v1", datetime(2026, 11, 2, tzinfo=UTC), 1, Settings(), "0" * 64, 9, 9, ())
PLAYS = {"settlement": {"zh": "结算大户", "en": "large settlement"}}
CLIENT = Client(
    client_id="C000059",
    kind=ClientKind.CORPORATE,
    name="澄江垣圃连锁超市有限公司",
    name_en="Chengjiang Yuanpu Supermarkets Co., Ltd.",
    branch_id="B01",
    manager_id="E0007",
    grade=Grade.GOLD,
    region="港口区",
    opened_on=date(2018, 5, 2),
    risk_grade=RiskGrade.C2,
    risk_expires_on=date(2026, 1, 31),
)


def _reasons(contributions: Sequence[float]) -> tuple[Reason, ...]:
    """Return as many reasons as given, the last one the base, as the recommender orders them."""
    *shares, base = contributions
    named = [
        Reason(ReasonKind.ATTRIBUTE, "region", "港口区", share)
        if place % 2
        else Reason(ReasonKind.HOLDING, OTHER, "", share)
        for place, share in enumerate(shares)
    ]
    return (*named, Reason(ReasonKind.BASE, SUGGESTED, "", base))


def _recommendation(contributions: Sequence[float]) -> Recommendation:
    suggestion = Suggestion(SUGGESTED, sum(contributions), 1, _reasons(contributions), 0.42, 50, ())
    return Recommendation(
        client_id=CLIENT.client_id,
        suggestions=(suggestion,),
        held_back=HELD_BACK,
        unknown_attributes=(UnknownAttribute("region", "Elsewhere"),),
        model_version="v1",
        trained_at=datetime(2026, 11, 2, tzinfo=UTC),
    )


def _explained(
    words: Words,
    language: Language,
    products: Mapping[str, Product],
    contributions: Sequence[float],
) -> list[Block]:
    found = _recommendation(contributions)
    answer = Explanation(CLIENT, products, found, found.suggestions[0], None)
    return RecommendationPresenter(words, language).explanation(answer)


def _tables(blocks: Sequence[Block]) -> Iterator[Table]:
    for block in blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Details):
            yield from _tables(block.blocks)


@given(contributions=st.lists(st.floats(-9, 9), min_size=1, max_size=60))
def test_the_shown_reasons_sum_exactly_to_the_shown_total(
    words: Words, products: Mapping[str, Product], contributions: list[float]
) -> None:
    """Added up by hand, digit by digit, both the short and the full table give the total."""
    tables = list(_tables(_explained(words, "en", products, contributions)))
    assert len(tables) == 2
    for table in tables:
        *factors, total = [Decimal(row[-1]) for row in table.rows]
        assert sum(factors) == total


@given(contributions=st.lists(st.floats(-9, 9), min_size=1, max_size=60))
def test_no_shown_reason_is_far_from_what_it_was(
    words: Words, products: Mapping[str, Product], contributions: list[float]
) -> None:
    """Every factor is rounded to thousandths; the last takes up what that lost."""
    *_, table = _tables(_explained(words, "en", products, contributions))
    shown = [float(row[-1]) for row in table.rows[:-1]]
    assert len(shown) == len(contributions)
    for was, now in zip(contributions[:-1], shown[:-1], strict=True):
        assert abs(was - now) <= 0.0005 + 1e-9
    assert abs(contributions[-1] - shown[-1]) <= 0.0005 * (len(shown) + 1) + 1e-9


def _replies(
    words: Words, language: Language, products: Mapping[str, Product]
) -> Iterator[list[Block]]:
    presenter = RecommendationPresenter(words, language)
    found = _recommendation([0.5, 0.3, -0.2, 0.1])
    plays = {SUGGESTED: "settlement"}
    for first in (0, 1):
        yield presenter.products(
            ClientProducts(CLIENT, products, found, first, {SUGGESTED: 0.1}, plays, PLAYS, TERMS)
        )
    yield presenter.explanation(Explanation(CLIENT, products, found, found.suggestions[0], None))
    for stop in HELD_BACK:
        yield presenter.explanation(Explanation(CLIENT, products, found, None, stop, TERMS))
    lists = ClientListPresenter(words, language)
    reasons = found.suggestions[0].reasons
    entry = ClientSuggestion(CLIENT.client_id, 0.2, 1, reasons, 0.42, 50, ())
    for entries in ((RankedClient(entry, 12_000, "settlement"),), ()):
        yield lists.for_product(
            ProductClients(
                products[SUGGESTED],
                products,
                {CLIENT.client_id: CLIENT},
                entries,
                {stop.rule: 3 for stop in HELD_BACK},
                first=0,
                total=20,
                hopeless=4,
                hopeless_below=0.01,
                model_version="v1",
                trained_at=found.trained_at,
                play_names=PLAYS,
                terms=TERMS,
            )
        )
    action = Action(CLIENT.client_id, SUGGESTED, 0.2, 12_000)
    for contacts in ((Contact(action, entry, "settlement"),), ()):
        yield lists.contact_first(
            ContactList(
                {CLIENT.client_id: CLIENT},
                products,
                contacts,
                Worklist((action,), 3, 2, 5),
                resting=1,
                rest_days=7,
                hopeless_below=0.01,
                card=CARD,
                play_names=PLAYS,
            )
        )


def test_english_replies_hold_no_chinese_characters(
    words: Words, products: Mapping[str, Product], texts_of: TextsOf, chinese: re.Pattern[str]
) -> None:
    for blocks in _replies(words, "en", products):
        for text in texts_of(blocks):
            assert not chinese.search(text), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_reply_shows_a_code(
    words: Words, products: Mapping[str, Product], language: Language, texts_of: TextsOf
) -> None:
    """Products, attributes and rules appear by name; only NEW_ONE has none anywhere."""
    for blocks in _replies(words, language, products):
        for text in texts_of(blocks):
            assert "_" not in text.replace("NEW_ONE", ""), text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("stop", HELD_BACK, ids=lambda stop: stop.rule)
def test_every_rule_says_what_would_lift_it_unless_nothing_can(
    words: Words, products: Mapping[str, Product], language: Language, stop: HeldBack
) -> None:
    """Its values are named too: the floor, the day, the licence."""
    told = ReasonWords(words, language, products, TERMS)
    assert bool(told.lifting(stop)) == (stop.rule not in {"already_held", "client_kind"})
    shown = told.rule(stop) + told.lifting(stop)
    for name in ("until", "ended", "begins", "quota", "expired_on", "risk_level"):
        assert stop.detail.get(name, "") in shown
    assert "B01" not in shown
    for other in stop.also:
        assert told.rule(other) in told.rule(stop)


def test_a_client_without_an_english_name_keeps_the_chinese_one(words: Words) -> None:
    class Nameless:
        name = "方梓"
        name_en = ""

    assert RecommendationPresenter(words, "en").client(Nameless()) == "方梓"
