"""Checking in and out: one row of evidence, and none where it is so already."""

import uuid
from typing import Any

from sqlalchemy import select

from advocates import clock
from advocates.audit.recording import record
from advocates.check_in.models import CheckIn
from advocates.check_in.queries import Place, events_of
from advocates.check_in.rules import Direction, Event, Means, effect_of, is_near, next_direction
from advocates.cohorts.models import Enrollment
from advocates.database import db, new_id
from advocates.schedule.models import TrainingSession


class CheckInClosed(Exception):
    """The session is not near, was signed off or canceled."""


def check_in(
    place: Place,
    direction: Direction | None,
    means: Means,
    client_key: uuid.UUID,
    kiosk_id: uuid.UUID | None = None,
) -> Event:
    """What is recorded of the person now: a new row, or the one that says so already. CheckInClosed.

    Without a direction it is what they must mean. A form sent twice has one effect. The actor is the person themself.
    """
    _lock(place)
    done = db.session.scalars(select(CheckIn).filter_by(client_key=client_key)).one_or_none()
    if done is not None and done.enrollment_id == place.enrollment_id:
        return Event(done.direction, done.at, done.means)
    now = clock.now()
    events = events_of([place.session.id])[place.session.id].get(place.enrollment_id, ())
    last = events[-1] if events else None
    wanted = effect_of(last, direction or next_direction(last, now))
    if wanted is not None:
        last = Event(wanted, now, means)
        _write(place, last, client_key, kiosk_id)
    assert last is not None  # noqa: S101
    return last


def _write(place: Place, event: Event, client_key: uuid.UUID, kiosk_id: uuid.UUID | None) -> None:
    ids = {"session_id": place.session.id, "enrollment_id": place.enrollment_id}
    row = CheckIn(id=new_id(), direction=event.direction, means=event.means, at=event.at, client_key=client_key, **ids)
    objects: dict[str, Any] = ids | {"means": event.means} | ({"kiosk_id": kiosk_id} if kiosk_id else {})
    record(place.person_id, "check_in" if event.direction is Direction.IN else "check_out", rows=[row], **objects)


def _lock(place: Place) -> None:
    """The session, shared with others who check in, then the enrollment: the order in which marks take them."""
    session = db.session.scalars(
        select(TrainingSession)
        .where(TrainingSession.id == place.session.id)
        .with_for_update(read=True, key_share=True)
        .execution_options(populate_existing=True)
    ).one()
    if session.signed_off_at or session.cancelled_at:
        raise CheckInClosed
    if not is_near(session.planned_start, session.planned_end, clock.now()):
        raise CheckInClosed
    mine = select(Enrollment.id).where(Enrollment.id == place.enrollment_id)
    db.session.execute(mine.with_for_update(key_share=True)).one()
