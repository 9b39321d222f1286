"""What became of an offer is kept as said, counted once, and reported with its uncertainty."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.employees import find_employee
from crm.outcomes.frames import outcome_frame
from crm.outcomes.records import (
    OfferOutcome,
    outcomes_of,
    record_outcome,
    sold_since,
    withdraw_outcome,
)
from crm.outcomes.reports import acceptance
from crm.outcomes.shares import FEWEST, Difference, Share
from crm.outcomes.suggestions import Shown, last_shown, note_shown, without_a_word
from crm.store.tables.clients import Holding
from crm.store.tables.conversations import Turn
from crm.terms import OutcomeKind, RefusalReason

NOW = datetime(2026, 6, 30, 9, 0, tzinfo=UTC)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def turn(session, number):
    session.add(
        Turn(
            turn_id=f"t{number}",
            conversation_id="web:E0002:main",
            message_id=f"m{number}",
            employee_id="E0002",
            text="",
            button=None,
            language="zh",
            status="received",
            received_at=NOW,
            finished_at=None,
        )
    )
    session.flush()
    return f"t{number}"


def said(kind, reason=None, *, client="C000001", product="EBANK_C", by="E0002", at=NOW, **more):
    return OfferOutcome(client, product, by, OutcomeKind(kind), reason, at, **more)


def record(store, *outcomes):
    with store.begin() as session:
        start = session.query(Turn).count()
        return [
            record_outcome(session, one, turn(session, start + number))
            for number, one in enumerate(outcomes)
        ]


def kinds(store, client="C000001"):
    with store.read() as session:
        return [(one.kind, one.reason) for one in outcomes_of(session, [client], LONG_AGO)]


def test_a_reason_given_a_moment_later_is_no_second_outcome(bank):
    record(bank, said("refused"))
    record(bank, said("refused", RefusalReason.TOO_RISKY, at=NOW + timedelta(minutes=1)))
    assert kinds(bank) == [(OutcomeKind.REFUSED, RefusalReason.TOO_RISKY)]


def test_outcomes_of_other_days_and_kinds_all_stay(bank):
    record(bank, said("offered", at=NOW - timedelta(days=3)), said("offered"), said("sold"))
    assert [kind for kind, _ in kinds(bank)] == ["offered", "offered", "sold"]


def test_only_ones_own_outcome_can_be_taken_back_and_only_once(bank):
    [number] = record(bank, said("refused"))
    with bank.begin() as session:
        assert withdraw_outcome(session, number, "E0003", NOW) is None
        assert withdraw_outcome(session, number, "E0002", NOW).kind is OutcomeKind.REFUSED
        assert withdraw_outcome(session, number, "E0002", NOW) is None
        assert withdraw_outcome(session, 999, "E0002", NOW) is None
    assert kinds(bank) == []


def test_sales_count_from_the_first_day_of_the_campaign(bank):
    record(
        bank,
        said("sold", at=NOW - timedelta(days=40)),
        said("sold", client="C000002"),
        said("sold", client="C000003", product="FUND"),
        said("offered", product="DEPOSIT_C"),
    )
    with bank.read() as session:
        since = {"EBANK_C": date(2026, 6, 1), "FUND": None, "DEPOSIT_C": None}
        assert sold_since(session, since) == {"EBANK_C": 1, "FUND": 1}


def shown(client="C000001", product="EBANK_C", by="E0002", chance=0.2, **more):
    return Shown(client, product, by, "clients", "v1", chance, **more)


def test_suggestions_wait_until_something_is_said_of_them(bank):
    """Each client and product once, the likeliest first, withheld ones never."""
    with bank.begin() as session:
        note_shown(session, [shown(), shown(chance=0.3), shown(product="FUND", chance=0.9)], NOW)
        note_shown(session, [shown(product="DEPOSIT_C", withheld=True)], NOW)
        note_shown(session, [shown(by="E0003")], NOW)
    span = {"since": NOW - timedelta(days=1), "until": NOW + timedelta(days=1)}

    def waiting():
        with bank.read() as session:
            return [one.product_id for one in without_a_word(session, "E0002", **span)]

    assert waiting() == ["FUND", "EBANK_C"]
    [number] = record(bank, said("offered"))
    assert waiting() == ["FUND"]
    with bank.begin() as session:
        withdraw_outcome(session, number, "E0002", NOW)
    assert waiting() == ["FUND", "EBANK_C"]
    with bank.read() as session:
        assert last_shown(session, "E0002", "C000001", "FUND").chance == 0.9
        assert last_shown(session, "E0002", "C000001", "DEPOSIT_C") is None


def test_training_learns_the_last_answer_and_no_refusal_of_the_moment(bank):
    record(
        bank,
        said("refused", RefusalReason.LOW_RETURN, at=NOW - timedelta(days=20)),
        said("sold"),
        said("refused", RefusalReason.LATER, client="C000002", product="FUND"),
        said("wrong_client", client="C000003", product="FUND"),
        said("offered", client="C000003"),
        said("refused", client="C000002", at=NOW + timedelta(days=5)),
    )
    with bank.read() as session:
        frame = outcome_frame(session, NOW.date())
    rows = list(frame.drop(columns="said_on").itertuples(index=False, name=None))
    assert rows == [("C000001", "EBANK_C", 1), ("C000003", "FUND", 0)]


def test_acceptance_counts_the_last_word_of_a_pair_and_only_visible_clients(bank):
    record(
        bank,
        said("refused", at=NOW - timedelta(days=20), model_version="v1"),
        said("sold", model_version="v2", play="settlement"),
        said("refused", client="C000002", product="FUND", by="E0003", model_version="v2"),
        said("interested", client="C000003", product="FUND", by="E0004"),
    )
    with bank.read() as session:
        leader, manager = (find_employee(session, name) for name in ("E0001", "E0002"))
        branch, own = (acceptance(session, who, LONG_AGO, NOW) for who in (leader, manager))
    assert (branch.whole.accepted, branch.whole.sold) == (Share(1, 2), 1)
    assert {row.key: row.accepted for row in branch.by_manager} == {
        "E0002": Share(1, 1),
        "E0003": Share(0, 1),
    }
    assert {row.key: row.accepted for row in branch.by_model} == {"v2": Share(1, 2)}
    assert {row.key for row in branch.by_play} == {"settlement", None}
    assert own.whole.accepted == Share(1, 1)
    assert own.uplift is None


def test_uplift_compares_what_was_shown_with_what_was_withheld(bank):
    """A pair counts once its ninety days have passed, by a holding begun within them."""
    before = NOW - timedelta(days=100)
    with bank.begin() as session:
        note_shown(session, [shown(), shown(product="FUND"), shown(client="C000002")], before)
        note_shown(session, [shown(product="DEPOSIT_C", withheld=True)], before)
        note_shown(session, [shown(client="C000002", product="DEPOSIT_C")], NOW)
        for product, opened in (("FUND", before.date()), ("EBANK_C", NOW.date())):
            session.add(
                Holding(client_id="C000001", product_id=product, opened_on=opened, closed_on=None)
            )
    with bank.read() as session:
        leader = find_employee(session, "E0001")
        found = acceptance(session, leader, LONG_AGO, NOW).uplift
    assert (found.one, found.other) == (Share(1, 3), Share(0, 1))
    assert not found.enough


@given(hits=st.integers(0, 60), more=st.integers(0, 60))
def test_an_interval_holds_its_share_and_narrows_with_more(hits, more):
    share = Share(hits, hits + more)
    low, high = share.interval
    assert 0 <= low <= high <= 1
    if share.total:
        assert low - 1e-12 <= share.value <= high + 1e-12
        wider = Share(hits * 4, share.total * 4).interval
        assert wider[1] - wider[0] <= high - low + 1e-12
    assert share.enough == (share.total >= FEWEST)


def test_intervals_are_those_of_the_books():
    """Newcombe 1998: 81 of 263 (17:857, table I); 56 of 70 less 48 of 80 (17:873, table II)."""
    assert Share(81, 263).interval == pytest.approx((0.2553, 0.3662), abs=5e-5)
    low, high = Difference(Share(56, 70), Share(48, 80)).interval
    assert (low, high) == pytest.approx((0.0524, 0.3339), abs=5e-5)
