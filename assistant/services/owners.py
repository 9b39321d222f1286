"""What the owners of the knowledge are told of their content, through the outbox."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from assistant.identity import Clock
from assistant.replies.notices import notice
from crm.content_journal import WentLive
from crm.employees import list_employees
from crm.outbox import Outgoing, enqueue
from crm.store.session import Session
from crm.terms import Role
from knowledge.errors import Fault

_FAULTS_TOLD = 20


@dataclass(frozen=True, slots=True)
class OutboxNotices:
    """Writes a message to each knowledge owner."""

    clock: Clock

    def refused(self, session: Session, attempt: str, faults: Sequence[Fault]) -> None:
        """Tell why content was not taken; once for the same attempt."""
        told = [asdict(fault) for fault in faults[:_FAULTS_TOLD]]
        body = notice("content.refused", count=len(faults), faults=told)
        self._to_owners(session, f"content-refused:{attempt}", body)

    def live(self, session: Session, version: WentLive) -> None:
        """Tell that a version went live; once for each."""
        body = notice("content.live", number=version.number, changes=version.changes)
        self._to_owners(session, f"content-live:{version.number}", body)

    def _to_owners(self, session: Session, cause: str, body: dict[str, object]) -> None:
        for owner in list_employees(session, Role.KNOWLEDGE_OWNER):
            key = f"{cause}:{owner.employee_id}"
            message = Outgoing(
                dedup_key=key, employee_id=owner.employee_id, caused_by=cause, body=body
            )
            enqueue(session, message, self.clock())
