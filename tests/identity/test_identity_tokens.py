"""Who is asking cannot be forged, outlived, lent or mistaken for something else."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import (
    AssertionRejected,
    ButtonRejected,
    IdentityError,
    NotSignedIn,
    SignInRefused,
)
from assistant.identity import Assertion, Signer

SECRET = "a-throw-away-secret-of-more-than-32-bytes"
PORTAL = "a-throw-away-portal-key-of-more-than-32-bytes"
NOW = datetime(2026, 6, 30, 9, 0, tzinfo=UTC)
HERE = "web:E0007:main"
ELSEWHERE = "web:E0008:main"
TURN = Assertion("E0007", "web", HERE, "turn-1")


class Clock:
    """A clock that tests move."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def signer(clock: Clock) -> Signer:
    return Signer(SECRET, portal_key=PORTAL, clock=clock)


MAKE: dict[str, Callable[[Signer], str]] = {
    "session": lambda signer: signer.session("E0007")[0],
    "assertion": lambda signer: signer.assertion(TURN),
    "button": lambda signer: signer.button("/ask_fee", HERE),
}
OPEN: dict[str, Callable[[Signer, str], object]] = {
    "session": lambda signer, token: signer.open_session(token),
    "assertion": lambda signer, token: signer.open_assertion(token, HERE),
    "button": lambda signer, token: signer.open_button(token, HERE),
}
REFUSAL = {"session": NotSignedIn, "assertion": AssertionRejected, "button": ButtonRejected}
LIFETIME = {
    "session": timedelta(hours=9),
    "assertion": timedelta(seconds=60),
    "button": timedelta(days=7),
}
PURPOSES = sorted(MAKE)
STILL = Signer(SECRET, clock=lambda: NOW)
SIGNED = {purpose: make(STILL) for purpose, make in MAKE.items()}


def test_what_was_signed_comes_back_whole(signer: Signer) -> None:
    assert signer.open_session(signer.session("E0007")[0]) == "E0007"
    assert signer.open_assertion(signer.assertion(TURN), HERE) == TURN
    assert signer.open_button(signer.button("/ask_fee", HERE), HERE).payload == "/ask_fee"


@pytest.mark.parametrize("purpose", PURPOSES)
@pytest.mark.parametrize("other", PURPOSES)
def test_a_token_passes_for_its_own_purpose_only(signer: Signer, purpose: str, other: str) -> None:
    token = MAKE[purpose](signer)
    if purpose == other:
        OPEN[other](signer, token)
        return
    with pytest.raises(REFUSAL[other]):
        OPEN[other](signer, token)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_token_of_another_installation_is_refused(signer: Signer, purpose: str) -> None:
    foreign = MAKE[purpose](Signer(SECRET[::-1], clock=lambda: NOW))
    with pytest.raises(REFUSAL[purpose]):
        OPEN[purpose](signer, foreign)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_token_lasts_exactly_its_lifetime(signer: Signer, clock: Clock, purpose: str) -> None:
    token = MAKE[purpose](signer)
    clock.now = NOW + LIFETIME[purpose] - timedelta(seconds=1)
    OPEN[purpose](signer, token)
    clock.now = NOW + LIFETIME[purpose]
    with pytest.raises(REFUSAL[purpose]):
        OPEN[purpose](signer, token)


@pytest.mark.parametrize("purpose", PURPOSES)
@given(data=st.data())
def test_a_token_changed_anywhere_is_refused(purpose: str, data: st.DataObject) -> None:
    """Whichever character of any part is changed, the token stops being ours."""
    token = SIGNED[purpose]
    # The last character of a base64 part carries spare bits, so it is left alone.
    loose = {len(token) - 1, *(place - 1 for place, c in enumerate(token) if c == ".")}
    place = data.draw(st.sampled_from([p for p in range(len(token)) if p not in loose]))
    changed = data.draw(st.sampled_from([c for c in "AZaz09-_." if c != token[place]]))
    with pytest.raises(REFUSAL[purpose]):
        OPEN[purpose](STILL, token[:place] + changed + token[place + 1 :])


@pytest.mark.parametrize("purpose", PURPOSES)
@given(token=st.text(max_size=80))
def test_any_text_at_all_is_refused_in_words_of_ours(purpose: str, token: str) -> None:
    with pytest.raises(REFUSAL[purpose]):
        OPEN[purpose](STILL, token)


@pytest.mark.parametrize("purpose", PURPOSES)
@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
def test_an_unsigned_token_is_refused(signer: Signer, purpose: str) -> None:
    """The classic forgery: the same claims under the algorithm "none"."""
    claims: dict[str, Any] = jwt.decode(
        MAKE[purpose](signer), options={"verify_signature": False, "verify_exp": False}
    )
    with pytest.raises(REFUSAL[purpose]):
        OPEN[purpose](signer, jwt.encode(claims, None, algorithm="none"))


def test_a_token_without_an_end_is_refused(signer: Signer) -> None:
    endless = jwt.encode({"sub": "E0007"}, PORTAL, algorithm="HS256")
    with pytest.raises(SignInRefused):
        signer.open_portal_assertion(endless)


def test_an_assertion_acts_in_its_own_conversation_only(signer: Signer) -> None:
    with pytest.raises(AssertionRejected):
        signer.open_assertion(signer.assertion(TURN), ELSEWHERE)


def test_a_button_works_in_its_own_conversation_only(signer: Signer) -> None:
    with pytest.raises(ButtonRejected):
        signer.open_button(signer.button("/ask_fee", HERE), ELSEWHERE)


def test_two_buttons_of_one_payload_are_spent_apart(signer: Signer) -> None:
    first, second = (
        signer.open_button(signer.button("/ask_fee", HERE), HERE).nonce for _ in range(2)
    )
    assert first != second


def portal_assertion(key: str = PORTAL, **claims: object) -> str:
    content = {"sub": "E0007", "exp": NOW + timedelta(seconds=30)} | claims
    return jwt.encode(content, key, algorithm="HS256")


def test_the_portal_vouches_for_an_employee(signer: Signer) -> None:
    assert signer.open_portal_assertion(portal_assertion()) == "E0007"


@pytest.mark.parametrize(
    "token",
    [
        portal_assertion(key="another-throw-away-key-of-more-than-32-bytes"),
        portal_assertion(exp=NOW),
        "not a token",
        "",
    ],
    ids=["other-key", "expired", "text", "empty"],
)
def test_a_portal_assertion_that_the_portal_did_not_sign_now_is_refused(
    signer: Signer, token: str
) -> None:
    with pytest.raises(SignInRefused):
        signer.open_portal_assertion(token)


def test_our_own_session_is_no_portal_assertion(signer: Signer) -> None:
    with pytest.raises(SignInRefused):
        signer.open_portal_assertion(signer.session("E0007")[0])


def test_without_a_portal_key_nobody_is_vouched_for() -> None:
    """An empty key must not become a key that anybody can sign with."""
    with pytest.raises(IdentityError):
        Signer(SECRET, clock=lambda: NOW).open_portal_assertion(portal_assertion())


@pytest.mark.parametrize(
    "claims",
    [{"exp": NOW + timedelta(seconds=30)}, {"sub": "E0007", "exp": 10**30}],
    ids=["no-person", "no-date"],
)
def test_a_portal_assertion_that_is_not_whole_is_refused(
    signer: Signer, claims: dict[str, Any]
) -> None:
    with pytest.raises(SignInRefused):
        signer.open_portal_assertion(jwt.encode(claims, PORTAL, algorithm="HS256"))
