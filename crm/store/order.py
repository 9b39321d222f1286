"""One writer at a time where the order of what is written must be the order of its numbers."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session


def one_at_a_time(session: Session, name: str) -> None:
    """Wait until nobody else writes under a name, and keep others away until the commit.

    PostgreSQL hands out numbers before the commit, so that a reader who has seen number 11 would
    never see a number 10 committed after it. SQLite has one writer at a time anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))
