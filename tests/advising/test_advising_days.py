"""Days are the bank's, also in the early morning, when it is still yesterday by UTC."""

from datetime import UTC, date, datetime

from assistant.services.cases import quiet_products
from assistant.settings import Settings
from crm.outcomes.records import OfferOutcome
from crm.terms import OutcomeKind
from recommender.gate_rules import load_rules

EARLY = datetime(2026, 11, 24, 22, 0, tzinfo=UTC)
"""Six in the morning of the 25th in Shanghai."""


def test_a_refusal_of_the_early_morning_is_quiet_from_that_day_on() -> None:
    rules = load_rules()
    refused = OfferOutcome("C1", "FUND_OPEN", "E1", OutcomeKind.REFUSED, None, EARLY)
    period = rules.quiet_after(refused.kind, refused.reason)
    assert period is not None
    quiet = quiet_products([refused], {}, rules, Settings().zone)
    assert (quiet["FUND_OPEN"].until - date(2026, 11, 25)).days == period.days
