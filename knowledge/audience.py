"""For whom something is: the roles and the branches that may read it."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who asks, as far as an audience looks at one."""

    role: str
    branch_id: str


type Asker = Reader | str | None
"""A reader; a role alone is somebody of no branch in particular; None is nobody known."""


def may_read(roles: Collection[str], branches: Collection[str], asker: Asker) -> bool:
    """Whether an asker is of one of the roles and of one of the branches; empty means any."""
    role = asker.role if isinstance(asker, Reader) else asker
    branch = asker.branch_id if isinstance(asker, Reader) else None
    return (not roles or role in roles) and (not branches or branch in branches)
