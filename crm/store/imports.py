"""What was imported into the store, as the audit log knows it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.store.tables.audit import AuditRow

ACTION = "import"
SAMPLE_MARK = "SAMPLE.txt"


@dataclass(frozen=True, slots=True)
class ImportRun:
    """One import that was written.

    Attributes
    ----------
    fingerprint
        Hash of the directory's files.
    sample
        Whether the directory was marked as an invented sample.
    """

    at: datetime
    fingerprint: str
    sample: bool


def import_runs(session: Session) -> list[ImportRun]:
    """Return every import into the store, oldest first."""
    rows = session.scalars(
        select(AuditRow).where(AuditRow.action == ACTION).order_by(AuditRow.audit_id)
    )
    return [
        ImportRun(row.at, str(row.detail["fingerprint"]), bool(row.detail["sample"]))
        for row in rows
    ]


def fingerprint(session: Session) -> str:
    """Return a hash of all that was imported so far, in its order."""
    runs = import_runs(session)
    return hashlib.sha256("\n".join(run.fingerprint for run in runs).encode()).hexdigest()


def directory_detail(directory: Path) -> dict[str, str | int]:
    """Return what the audit log keeps of an import directory beside the counts."""
    digest = hashlib.sha256()
    for path in sorted(directory.glob("*.csv")):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return {
        "fingerprint": digest.hexdigest(),
        "sample": int((directory / SAMPLE_MARK).is_file()),
    }
