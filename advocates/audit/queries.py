"""Read the trail for people: what happened, newest first, with the names that ids have now."""

import json
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Uuid, column, select, table, union_all

from advocates.audit.models import AuditEvent, AuditValue
from advocates.database import db

PER_PAGE = 50
SHORT = 8
# These tables stand above the trail, which only knows their keys; a reader needs the name behind a key.
_person = table("person_profile", column("person_id", Uuid), column("chosen_name"))
_enrollment = table("enrollment", column("id", Uuid), column("person_id", Uuid))
_cohort = table("cohort", column("id", Uuid), column("title"))
_session = table("training_session", column("id", Uuid), column("cohort_id", Uuid))
_version = table("curriculum_version", column("id", Uuid), column("title"))
_agency = table("agency", column("id", Uuid), column("name"))
_NAMES = (
    (_person.c.person_id, select(_person.c.person_id, _person.c.chosen_name)),
    (
        _enrollment.c.id,
        select(_enrollment.c.id, _person.c.chosen_name).join(_person, _person.c.person_id == _enrollment.c.person_id),
    ),
    (_cohort.c.id, select(_cohort.c.id, _cohort.c.title)),
    (_session.c.id, select(_session.c.id, _cohort.c.title).join(_cohort, _cohort.c.id == _session.c.cohort_id)),
    (_version.c.id, select(_version.c.id, _version.c.title)),
    (_agency.c.id, select(_agency.c.id, _agency.c.name)),
)


@dataclass(frozen=True)
class Change:
    """A field and what it was and became. Both are None once erased."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class EventRow:
    """One event. `about` are pairs: what an object is, and its name, code or count as text."""

    seq: int
    occurred_at: datetime
    actor: str | None
    action: str
    about: tuple[tuple[str, str], ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class EventPage:
    """Some events, and the number before which older ones follow, if there are any."""

    rows: tuple[EventRow, ...]
    older_than: int | None


def find_events(before: int | None = None) -> EventPage:
    """The newest events, or those before a number. Three statements."""
    query = select(AuditEvent).order_by(AuditEvent.seq.desc()).limit(PER_PAGE + 1)
    if before is not None:
        query = query.where(AuditEvent.seq < before)
    found = list(db.session.scalars(query))
    events = found[:PER_PAGE]
    objects = {event.seq: json.loads(event.payload)["objects"] for event in events}
    ids = {key for each in objects.values() for value in each.values() if (key := _id_in(value))}
    names = _names(ids | {event.actor_id for event in events if event.actor_id})
    changes = _changes(objects)
    rows = tuple(
        EventRow(
            seq=event.seq,
            occurred_at=event.occurred_at,
            actor=names.get(event.actor_id, str(event.actor_id)[-SHORT:]) if event.actor_id else None,
            action=event.action,
            about=tuple((key, _text(value, names)) for key, value in objects[event.seq].items() if value is not None),
            changes=tuple(changes.get(event.seq, ())),
        )
        for event in events
    )
    return EventPage(rows, events[-1].seq if len(found) > PER_PAGE else None)


def _names(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    every = union_all(*(query.where(key.in_(ids)) for key, query in _NAMES))
    return {row[0]: row[1] for row in db.session.execute(every)}


def _changes(seqs: Iterable[int]) -> dict[int, list[Change]]:
    query = select(AuditValue).where(AuditValue.seq.in_(seqs)).order_by(AuditValue.seq, AuditValue.id)
    changes: dict[int, list[Change]] = {}
    for value in db.session.scalars(query):
        changes.setdefault(value.seq, []).append(Change(value.field, value.before, value.after))
    return changes


def _text(value: Any, names: Mapping[uuid.UUID, str]) -> str:
    """A name where the value is a known id, the end of it where it is another, a count where it is a list."""
    if isinstance(value, list):
        return str(len(value))
    key = _id_in(value)
    if key is not None:
        return names.get(key, key.hex[-SHORT:])
    text = str(value)
    return text[:SHORT] + "…" if len(text) == 64 and " " not in text else text


def _id_in(value: Any) -> uuid.UUID | None:
    try:
        return uuid.UUID(value) if isinstance(value, str) and len(value) == 36 else None
    except ValueError:
        return None
