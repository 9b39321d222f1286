"""What can go wrong in the assistant, each with the words key it is told by.

AssistantError
├── IdentityError
│   ├── NotSignedIn          the session token is missing, forged or expired
│   ├── AssertionRejected    an action was called without a valid identity assertion
│   ├── SignInRefused        nobody can sign in this way
│   └── ButtonRejected       a button that is not ours, or not this conversation's
├── MessageRefused           the message cannot be taken (too many waiting, spent button)
├── NoSuchAnswer             there is no such answer in one's own conversation
├── FileNotKept              there is no such file in the asker's conversations
├── PageNotFound             there is no such page, or not for this person
├── TurnClosed               the turn was already answered or given up
├── DialogueUnreachable      the dialogue process did not answer
└── SetupError               an installation cannot start; the message says what to do
"""

from typing import ClassVar


class AssistantError(Exception):
    """Base of the assistant's own errors.

    Attributes
    ----------
    code : str
        Key of the sentence in the reply templates and in API errors.
    """

    code: ClassVar[str] = "internal"


class IdentityError(AssistantError):
    """Who is asking could not be established."""

    code = "not_signed_in"


class NotSignedIn(IdentityError):
    """The session token is missing, forged or expired."""


class AssertionRejected(IdentityError):
    """The identity assertion of an action call is missing, forged, expired or another's."""


class SignInRefused(IdentityError):
    """The person cannot sign in this way."""

    code = "sign_in_refused"


class ButtonRejected(IdentityError):
    """The button was not made by this service for this conversation."""

    code = "button_rejected"


class MessageRefused(AssistantError):
    """The message was not taken; nothing was changed."""

    code = "message_refused"

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code  # type: ignore[misc]  # one class, several sentences


class NoSuchAnswer(AssistantError):
    """There is no such answer in the asker's own conversation."""

    code = "no_such_answer"


class FileNotKept(AssistantError):
    """No file of that id was kept in a conversation of the person who asks for it."""

    code = "file_not_kept"


class PageNotFound(AssistantError):
    """There is no such entry or row, or it is not for who asks; the two are told alike."""

    code = "page_not_found"


class TurnClosed(AssistantError):
    """The turn was already answered or given up, so this answer is not written."""

    code = "turn_closed"


class DialogueUnreachable(AssistantError):
    """The dialogue process did not answer in time."""

    code = "dialogue_unreachable"


class SetupError(AssistantError):
    """An installation cannot start; the message is one sentence saying what to do."""

    code = "setup"
