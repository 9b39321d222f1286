"""A day given to a command."""

from datetime import date

import typer


def read_day(text: str | None, option: str) -> date | None:
    """Return the day an option names; None where it was not given.

    Raises
    ------
    typer.BadParameter
        It is no day of the calendar.
    """
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise typer.BadParameter(f"{text} is not a day YYYY-MM-DD", param_hint=option) from error
