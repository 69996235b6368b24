"""Weekly meetings saved under a name, to lay out further cohorts."""

import uuid
from collections.abc import Sequence

from sqlalchemy.exc import IntegrityError

from advocates import clock
from advocates.audit.recording import record
from advocates.database import db, new_id
from advocates.schedule import rules
from advocates.schedule.models import MeetingPattern


class PatternTitleTaken(Exception):
    """Another saved pattern has this title."""


def save_pattern(actor_id: uuid.UUID, title: str, meetings: Sequence[rules.Meeting]) -> uuid.UUID:
    """Store the meetings under the title and return the pattern's id; the caller records it.

    Raises PatternTitleTaken, after which the transaction is lost.
    """
    pattern = MeetingPattern(
        id=new_id(),
        title=title,
        meetings=rules.meetings_to_json(meetings),
        created_by=actor_id,
        created_at=clock.now(),
    )
    db.session.add(pattern)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise PatternTitleTaken from error
    return pattern.id


def remove_pattern(actor_id: uuid.UUID, pattern_id: uuid.UUID) -> None:
    """Offer it no more; sessions laid out from it stay. Once removed, removing it again changes nothing."""
    pattern = db.session.get_one(MeetingPattern, pattern_id, with_for_update=True, populate_existing=True)
    if pattern.removed_at is None:
        pattern.removed_at = clock.now()
        record(actor_id, "remove_pattern", pattern_id=pattern.id)
