"""Whether the clients of today, or what they answer, have moved away from the model in use."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pandas as pd

from assistant.identity import Clock
from assistant.replies.notices import notice
from assistant.services.tables import dataset_of
from crm import outbox
from crm.employees import Employee, list_employees
from crm.outbox import Outgoing
from crm.outcomes.frames import outcome_frame
from crm.outcomes.shares import Difference, Share
from crm.store.engine import Store
from crm.store.session import Session
from crm.terms import Role
from recommender.drift import DriftReport, compare, load_snapshot, take_snapshot
from recommender.errors import NoneInUse
from recommender.registry import Registry
from recommender.storage import load

RECENT = timedelta(days=28)
_TOLD_MOST = 3


@dataclass(frozen=True, slots=True)
class ModelDrift:
    """How things stand with the version in use.

    Attributes
    ----------
    acceptance
        Share of accepted answers in the last 28 days, less that of all days before.
    """

    version: str
    trained_on: date
    today: date
    report: DriftReport
    acceptance: Difference

    @property
    def acceptance_fell(self) -> bool:
        """Whether fewer accept than before, beyond what chance would do."""
        return self.acceptance.enough and self.acceptance.interval[1] < 0

    @property
    def over(self) -> bool:
        """Whether anything is over its threshold."""
        return bool(self.report.shifted) or self.acceptance_fell


def model_drift(session: Session, registry: Registry, today: date) -> ModelDrift:
    """Compare the store with the snapshot kept beside the version in use.

    Raises
    ------
    NoneInUse
        No version is in use.
    ModelError
        The version in use cannot be read.
    """
    known = registry.in_use()
    if known is None:
        raise NoneInUse(str(registry.folder))
    folder = registry.folder / known.version
    dataset = dataset_of(session, today)
    trained = load(folder, dataset.product_ids.ids)
    now = take_snapshot(dataset, trained.model.attributes)
    return ModelDrift(
        version=known.version,
        trained_on=trained.card.trained_at.date(),
        today=today,
        report=compare(load_snapshot(folder), now),
        acceptance=acceptance_change(outcome_frame(session, today), today),
    )


def acceptance_change(outcomes: pd.DataFrame, today: date) -> Difference:
    """Compare the answers of the last 28 days with those before."""
    recent = outcomes["said_on"] > pd.Timestamp(today - RECENT)

    def share(labels: "pd.Series[int]") -> Share:
        return Share(int(labels.sum()), len(labels))

    return Difference(share(outcomes.loc[recent, "label"]), share(outcomes.loc[~recent, "label"]))


class DriftWatch:
    """Looks once a day and tells those who answer for the model when something moved."""

    def __init__(self, registry: Registry, store: Store, clock: Clock) -> None:
        self._registry = registry
        self._store = store
        self._clock = clock
        self._looked: date | None = None

    def look(self, today: date) -> int:
        """Look if not yet done today; return how many messages were written."""
        if self._looked == today or self._registry.state() is None:
            return 0
        with self._store.read() as session:
            found = model_drift(session, self._registry, today)
            told = _responsible(session) if found.over else []
        with self._store.begin() as session:
            written = sum(_tell(session, each, found, self._clock()) for each in told)
        self._looked = today
        return written


def _responsible(session: Session) -> list[Employee]:
    """Return the administrators, or the leaders where there is none."""
    return list_employees(session, Role.ADMINISTRATOR) or list_employees(session, Role.LEADER)


def _tell(session: Session, employee: Employee, found: ModelDrift, at: datetime) -> bool:
    """Write one message a version and month, so that a lasting shift is not told every day."""
    named = ", ".join(row.name for row in found.report.shifted[:_TOLD_MOST])
    body = notice(
        "models.drift_notice",
        version=found.version,
        count=len(found.report.shifted),
        named=named,
        fell=found.acceptance_fell,
    )
    key = f"drift:{found.version}:{found.today:%Y-%m}:{employee.employee_id}"
    cause = f"drift:{found.version}"
    return outbox.enqueue(session, Outgoing(key, employee.employee_id, cause, body), at)
