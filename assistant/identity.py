"""Who is asking: signed session tokens, per-turn assertions and buttons.

All three are JWTs (RFC 7519) signed with HS256 by keys derived from one secret, a key a
purpose, so that a token of one kind can never pass for another.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt

from assistant.errors import AssertionRejected, ButtonRejected, NotSignedIn, SignInRefused

_ALGORITHM = "HS256"
_SESSION_HOURS = 9
_ASSERTION_SECONDS = 60
_BUTTON_DAYS = 7

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the current moment in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Assertion:
    """What a turn may act as: one employee, one conversation, one turn."""

    employee_id: str
    channel: str
    conversation_id: str
    turn_id: str


@dataclass(frozen=True, slots=True)
class Button:
    """A button's content: the dialogue payload it stands for, and its single-use nonce."""

    payload: str
    conversation_id: str
    nonce: str


class Signer:
    """Signs and verifies the three kinds of token.

    Parameters
    ----------
    secret
        The installation's signing key, at least 32 bytes.
    portal_key
        Shared key of the bank's portal, or empty when no portal signs people in.
    clock
        Where the time comes from.
    """

    def __init__(self, secret: str, *, portal_key: str = "", clock: Clock = utc_now) -> None:
        self._secret = secret.encode()
        self._portal_key = portal_key
        self._clock = clock

    def session(self, employee_id: str) -> tuple[str, datetime]:
        """Return a session token for a signed-in employee and the moment it expires."""
        expires = self._clock() + timedelta(hours=_SESSION_HOURS)
        return self._sign("session", {"sub": employee_id, "exp": expires}), expires

    def open_session(self, token: str) -> str:
        """Return the employee id of a session token.

        Raises
        ------
        NotSignedIn
            The token is not ours, malformed or expired.
        """
        return str(self._verify("session", token, NotSignedIn)["sub"])

    def assertion(self, about: Assertion) -> str:
        """Return the short-lived assertion posted beside a message."""
        expires = self._clock() + timedelta(seconds=_ASSERTION_SECONDS)
        claims = {
            "sub": about.employee_id,
            "channel": about.channel,
            "conversation": about.conversation_id,
            "turn": about.turn_id,
            "exp": expires,
        }
        return self._sign("assertion", claims)

    def open_assertion(self, token: str, conversation_id: str) -> Assertion:
        """Verify an assertion against the conversation it came back in.

        Raises
        ------
        AssertionRejected
            It is not ours, expired, or was made for another conversation.
        """
        claims = self._verify("assertion", token, AssertionRejected)
        if claims["conversation"] != conversation_id:
            raise AssertionRejected("the assertion belongs to another conversation")
        return Assertion(
            employee_id=claims["sub"],
            channel=claims["channel"],
            conversation_id=claims["conversation"],
            turn_id=claims["turn"],
        )

    def button(self, payload: str, conversation_id: str) -> str:
        """Return the signed, single-use token of a button."""
        expires = self._clock() + timedelta(days=_BUTTON_DAYS)
        nonce = secrets.token_urlsafe(9)
        claims = {"p": payload, "c": conversation_id, "n": nonce, "exp": expires}
        return self._sign("button", claims)

    def open_button(self, token: str, conversation_id: str) -> Button:
        """Return what a pressed button stands for.

        Raises
        ------
        ButtonRejected
            It is not ours, too old, or of another conversation.
        """
        claims = self._verify("button", token, ButtonRejected)
        if claims["c"] != conversation_id:
            raise ButtonRejected("the button belongs to another conversation")
        return Button(payload=claims["p"], conversation_id=claims["c"], nonce=claims["n"])

    def open_portal_assertion(self, token: str) -> str:
        """Return the employee id that the bank's portal vouches for.

        Raises
        ------
        SignInRefused
            No portal is configured, or it did not sign this.
        """
        if not self._portal_key:
            raise SignInRefused("no portal key is configured: set RM_PORTAL_KEY")
        claims = self._decode(token, self._portal_key.encode(), SignInRefused)
        if not isinstance(claims.get("sub"), str):
            raise SignInRefused("the portal names nobody")
        return str(claims["sub"])

    def _sign(self, purpose: str, claims: dict[str, Any]) -> str:
        return jwt.encode(claims, self._key(purpose), algorithm=_ALGORITHM)

    def _verify(self, purpose: str, token: str, error: type[Exception]) -> dict[str, Any]:
        return self._decode(token, self._key(purpose), error)

    def _decode(self, token: str, key: bytes, error: type[Exception]) -> dict[str, Any]:
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                key,
                algorithms=[_ALGORITHM],
                options={"require": ["exp"], "verify_exp": False},
            )
        except jwt.PyJWTError as refused:
            raise error(str(refused)) from refused
        try:
            expires = datetime.fromtimestamp(float(claims["exp"]), UTC)
        except (OverflowError, ValueError, TypeError, OSError) as malformed:
            raise error("the expiry is no date") from malformed
        if expires <= self._clock():
            raise error("expired")
        return claims

    def _key(self, purpose: str) -> bytes:
        return hmac.new(self._secret, purpose.encode(), hashlib.sha256).digest()
