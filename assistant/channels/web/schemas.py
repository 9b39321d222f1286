"""The form of what the web API accepts."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

_LONGEST_BODY_TEXT = 50_000


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=False)


class LoginBody(_Body):
    """`POST /api/login`: a sample employee in the demo, a portal's assertion otherwise."""

    employee_id: Annotated[str, Field(max_length=32)] | None = None
    assertion: Annotated[str, Field(max_length=4_096)] | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> "LoginBody":
        if (self.employee_id is None) == (self.assertion is None):
            raise ValueError("give employee_id or assertion")
        return self


class MessageBody(_Body):
    """`POST /api/messages`: typed text, or a pressed button with its title."""

    message_id: UUID
    text: Annotated[str, Field(max_length=_LONGEST_BODY_TEXT)] | None = None
    button: Annotated[str, Field(max_length=4_096)] | None = None
    title: Annotated[str, Field(max_length=200)] = ""
    language: Literal["zh", "en"] = "zh"

    @model_validator(mode="after")
    def _text_or_button(self) -> "MessageBody":
        if (self.text is None) == (self.button is None):
            raise ValueError("give text or button")
        return self


class FeedbackBody(_Body):
    """`POST /api/messages/<id>/feedback`: what the reader thinks of an answer."""

    verdict: Literal["up", "down"]


class HistoryQuery(_Body):
    """`GET /api/messages`: a page before or after a message."""

    limit: Annotated[int, Field(ge=1, le=200)] = 50
    before: Annotated[int, Field(ge=0)] | None = None
    after: Annotated[int, Field(ge=0)] | None = None
