"""The form of a case: who talks, what is said turn by turn, and what must come back."""

from pathlib import Path
from typing import Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, model_validator

FOLDER = Path(__file__).parent / "cases"

Language = Literal["zh", "en"]
Who = Literal["manager", "leader", "expert", "knowledge_owner", "administrator"]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Expectation(_Form):
    """What one reply must be; what is not named is not looked at.

    Attributes
    ----------
    contains
        Pieces of the text; a list of pieces is met by any one of them.
    blocks, lacks_blocks
        Kinds of blocks that must, or must not, be there.
    columns, rows
        Columns and least rows of the first table.
    buttons
        Each is part of a different button's title.
    language
        Of the reply; the case's own unless named.
    sums
        Whether every table that ends in a total adds up to it.
    own_clients
        Whether only clients that the asker may see are shown, and at least one of them.
    refused
        Code with which the message is refused instead of answered.
    audit
        Outcome and subject of the rows this turn adds to the audit log, by action where it matters.
    requests
        How many requests for an expert this turn notes.
    same_as
        Number of the turn, from 1, that was answered in the same words but for the client's name.
    """

    contains: tuple[str | tuple[str, ...], ...] = ()
    lacks: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    lacks_blocks: tuple[str, ...] = ()
    figure: str | None = None
    columns: int | None = None
    rows: int | None = None
    buttons: tuple[str, ...] = ()
    language: Language | None = None
    failed: bool = False
    sums: bool = False
    own_clients: bool = False
    refused: str | None = None
    audit: tuple[str, ...] | None = None
    requests: int | None = None
    same_as: int | None = None


class Turn(_Form):
    """One message: typed text, a button of the last reply, or one that must not work.

    Attributes
    ----------
    say, times
        Typed text, and how often it is repeated in one message.
    press
        Part of a button's title, or its number from 1, in the last reply that has buttons.
    press_again
        Number of the turn, from 1, whose pressed button is pressed once more.
    press_foreign
        What a colleague asks in his own conversation to be offered the button pressed here.
    """

    say: str | None = None
    times: int = 1
    press: str | int | None = None
    press_again: int | None = None
    press_foreign: str | None = None
    expect: Expectation = Expectation()

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        ways = (self.say, self.press, self.press_again, self.press_foreign)
        if sum(way is not None for way in ways) != 1:
            raise ValueError("a turn says, presses, presses again or presses a foreign button")
        return self


class Case(_Form):
    """One conversation from its beginning.

    Attributes
    ----------
    as_
        The asker's role; written ``as`` in the files.
    known
        Why the assistant is known to fall short; such a case must fail.
    """

    name: str
    language: Language
    as_: Who = "manager"
    turns: tuple[Turn, ...]
    known: str = ""

    def texts(self) -> str:
        """Return everything in which a name may be filled in."""
        return self.model_dump_json()


def read_cases() -> list[Case]:
    """Return all cases, in the order of the files and in them.

    Raises
    ------
    ValueError
        A case has another form, or two have one name.
    """
    cases: list[Case] = []
    for path in sorted(FOLDER.glob("*.yml")):
        for data in yaml.safe_load(path.read_text(encoding="utf-8")):
            who = {"as_": data.pop("as")} if "as" in data else {}
            name = f"{path.stem}/{data.pop('name')}"
            cases.append(Case.model_validate(data | who | {"name": name}))
    names = [case.name for case in cases]
    if len(set(names)) < len(names):
        raise ValueError(f"two cases have one name: {sorted(names)}")
    return cases
