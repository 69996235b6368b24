"""What a person is granted for tests: never a reason, and every look at it is on record."""

import uuid
from collections.abc import Collection, Mapping

from sqlalchemy import select

from advocates import clock
from advocates.audit.recording import record
from advocates.cohorts.models import Enrollment
from advocates.database import db, new_id, start_writing
from advocates.sittings.models import Accommodation
from advocates.sittings.queries import extras_of
from advocates.sittings.rules.timing import Extra


class OwnAccommodation(Exception):
    """Nobody grants anything to themself."""


def look_up(actor_id: uuid.UUID, enrollment_ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, Extra]:
    """What each was granted, for the screen; that somebody looked is kept, though the page only reads."""
    extras = extras_of(enrollment_ids)
    if db.session.info.get("reading"):
        start_writing(db.session)
        record(actor_id, "look_up_accommodations", enrollment_ids=sorted(map(str, enrollment_ids)))
        db.session.commit()
    return extras


def set_accommodation(actor_id: uuid.UUID, enrollment_id: uuid.UUID, extra: Extra) -> None:
    """What holds from the next sitting on; one that has begun keeps its time. Raises OwnAccommodation."""
    enrollment = db.session.get_one(Enrollment, enrollment_id, with_for_update=True)
    if enrollment.person_id == actor_id:
        raise OwnAccommodation
    query = select(Accommodation).where(Accommodation.enrollment_id == enrollment_id, Accommodation.ended_at.is_(None))
    now, current = clock.now(), db.session.scalars(query).one_or_none()
    if (current.extra if current else Extra()) == extra:
        return
    if current is not None:
        current.ended_at, current.ended_by = now, actor_id
        db.session.flush()
    if extra != Extra():
        granted = Accommodation(
            id=new_id(),
            enrollment_id=enrollment_id,
            extra_time_percent=extra.time_percent,
            extra_attempts=extra.attempts,
            is_quiet_room=extra.is_quiet_room,
            granted_by=actor_id,
            granted_at=now,
        )
        db.session.add(granted)
    record(actor_id, "set_accommodation", enrollment_id=enrollment_id)
