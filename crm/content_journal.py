"""The journal of the knowledge content: what went live when, and what that changed.

The journal knows items by kind, id and language and their fields as text; what they mean is not
its business. The first content of an installation is what later content is compared with, and no
change.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import delete, insert, select, tuple_
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from crm.store.tables.content import ContentChange, ContentItem, ContentVersion

type ItemKey = tuple[str, str, str]
_BATCH = 400


@dataclass(frozen=True, slots=True)
class JournalItem:
    """An item as it goes live.

    Attributes
    ----------
    kind, item_id, language
        What it is; a language is empty where an item stands for all.
    fields
        Everything it says, by name.
    by
        Who wrote it, as far as it says.
    """

    kind: str
    item_id: str
    language: str
    fields: Mapping[str, str]
    by: str = ""

    @property
    def key(self) -> ItemKey:
        """Kind, id and language."""
        return self.kind, self.item_id, self.language

    @property
    def digest(self) -> str:
        """SHA-256 of the fields."""
        said = json.dumps(dict(self.fields), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class WentLive:
    """A version of the content."""

    number: int
    fingerprint: str
    live_at: datetime
    changes: int


@dataclass(frozen=True, slots=True)
class RecordedChange:
    """One field that became different; `before` or `after` is None where there was no item.

    Attributes
    ----------
    on
        The bank's day on which it went live.
    """

    kind: str
    item_id: str
    language: str
    field: str
    before: str | None
    after: str | None
    on: date
    by: str


@dataclass(slots=True)
class _Difference:
    """What is to be written for a new version."""

    changed: list[JournalItem] = field(default_factory=list)
    gone: list[ItemKey] = field(default_factory=list)
    changes: list[dict[str, str | None]] = field(default_factory=list)


def newest_version(session: Session) -> WentLive | None:
    """Return the version that went live last, or None before the first."""
    query = select(ContentVersion).order_by(ContentVersion.number.desc()).limit(1)
    row = session.scalars(query).first()
    return None if row is None else WentLive(row.number, row.fingerprint, row.live_at, row.changes)


def record_version(
    session: Session,
    fingerprint: str,
    items: Sequence[JournalItem],
    at: datetime,
    on_day: date,
) -> WentLive | None:
    """Write a version with what it changed; None where it is the newest already.

    Several processes may write the same version at the same time: one of them does.

    Parameters
    ----------
    at, on_day
        When it went live, and the business date of that moment.
    """
    before = newest_version(session)
    if before is not None and before.fingerprint == fingerprint:
        return None
    found = _difference(session, items, first=before is None)
    number = 1 if before is None else before.number + 1
    version = ContentVersion(
        number=number,
        fingerprint=fingerprint,
        live_at=at,
        items=len(items),
        changes=len(found.changes),
    )
    try:
        with session.begin_nested():
            session.add(version)
    except IntegrityError:
        return None  # another process took the number with the same content
    _write(session, found, number, at, on_day)
    return WentLive(number, fingerprint, at, len(found.changes))


def changes_of(session: Session, kind: str, item_id: str) -> list[RecordedChange]:
    """Return every recorded change of an item, the newest first."""
    query = select(ContentChange).where(
        ContentChange.kind == kind, ContentChange.item_id == item_id
    )
    return [_recorded(row) for row in session.scalars(query.order_by(*_NEWEST_FIRST))]


def changes_between(session: Session, first: date, last: date) -> list[RecordedChange]:
    """Return every change recorded from a day to another, both included, the newest first."""
    query = select(ContentChange).where(ContentChange.on_day.between(first, last))
    return [_recorded(row) for row in session.scalars(query.order_by(*_NEWEST_FIRST))]


def _difference(session: Session, items: Sequence[JournalItem], *, first: bool) -> _Difference:
    known = {
        (row.kind, row.item_id, row.language): row.digest
        for row in session.execute(
            select(ContentItem.kind, ContentItem.item_id, ContentItem.language, ContentItem.digest)
        )
    }
    found = _Difference(changed=[item for item in items if known.get(item.key) != item.digest])
    now = {item.key for item in items}
    found.gone = [key for key in known if key not in now]
    if first:
        return found
    old = _stored_fields(session, [item.key for item in found.changed if item.key in known])
    for item in found.changed:
        found.changes += _field_changes(item, old.get(item.key))
    for key in found.gone:
        found.changes.append(_change(key, "", before="", after=None, by=""))
    return found


def _field_changes(
    item: JournalItem, old: Mapping[str, str] | None
) -> Iterator[dict[str, str | None]]:
    if old is None:
        yield _change(item.key, "", before=None, after="", by=item.by)
        return
    for name in sorted({*old, *item.fields}):
        before, after = old.get(name, ""), item.fields.get(name, "")
        if before != after:
            yield _change(item.key, name, before=before, after=after, by=item.by)


def _change(
    key: ItemKey, name: str, *, before: str | None, after: str | None, by: str
) -> dict[str, str | None]:
    kind, item_id, language = key
    return {
        "kind": kind,
        "item_id": item_id,
        "language": language,
        "field": name,
        "before": before,
        "after": after,
        "by": by,
    }


def _stored_fields(session: Session, keys: Sequence[ItemKey]) -> dict[ItemKey, Mapping[str, str]]:
    found: dict[ItemKey, Mapping[str, str]] = {}
    for start in range(0, len(keys), _BATCH):
        query = select(ContentItem).where(_KEY.in_(keys[start : start + _BATCH]))
        for row in session.scalars(query):
            found[row.kind, row.item_id, row.language] = row.fields
    return found


def _write(session: Session, found: _Difference, number: int, at: datetime, on_day: date) -> None:
    replaced = [*found.gone, *(item.key for item in found.changed)]
    for start in range(0, len(replaced), _BATCH):
        session.execute(delete(ContentItem).where(_KEY.in_(replaced[start : start + _BATCH])))
    if found.changed:
        session.execute(
            insert(ContentItem),
            [
                {
                    "kind": item.kind,
                    "item_id": item.item_id,
                    "language": item.language,
                    "digest": item.digest,
                    "fields": dict(item.fields),
                }
                for item in found.changed
            ],
        )
    if found.changes:
        session.execute(
            insert(ContentChange),
            [change | {"number": number, "at": at, "on_day": on_day} for change in found.changes],
        )


def _recorded(row: ContentChange) -> RecordedChange:
    return RecordedChange(
        row.kind, row.item_id, row.language, row.field, row.before, row.after, row.on_day, row.by
    )


_KEY = tuple_(ContentItem.kind, ContentItem.item_id, ContentItem.language)
_NEWEST_FIRST = (ContentChange.at.desc(), ContentChange.change_id)
