"""The session's type, for those who hand a session on and know nothing of databases."""

from sqlalchemy.orm import Session

__all__ = ["Session"]
