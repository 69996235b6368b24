"""Make two sessions of one."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from advocates.audit.recording import record
from advocates.database import db
from advocates.schedule import rules
from advocates.schedule.changing import Where, lock_session, refuse_with_marks, write_agenda
from advocates.schedule.holding import Use, hold
from advocates.schedule.models import TrainingSession
from advocates.schedule.overlaps import refuse_overlaps
from advocates.schedule.scheduling import Placing, write_sessions
from advocates.schedule.telling import describe, tell_of_split


class CannotSplit(Exception):
    """One of the two sessions would teach nothing."""


Following = Callable[[uuid.UUID, uuid.UUID, uuid.UUID], Mapping[str, object]]
_following: list[Following] = []


def follows_a_split(follow: Following) -> Following:
    """Register what goes on in the second session: staff and make-ups stand above the schedule.

    It is given the actor and the ids of both sessions, and returns what the audit trail says of it.
    """
    _following.append(follow)
    return follow


def split_session(
    actor_id: uuid.UUID,
    session_id: uuid.UUID,
    seen_version: int,
    at: datetime,
    second_start: datetime,
    where: Where,
    *,
    is_held_anyway: bool = False,
) -> int:
    """Cut the session at the UTC instant `at`: what it teaches from there on is held at `second_start`.

    Returns how many are told. Raises SessionLocked, CannotSplit, SessionsOverlap or OnlyKnowingly.
    """
    cohort, session, row, others = lock_session(session_id, seen_version)
    refuse_with_marks(session.id)
    halves = rules.split_session(row.planned, at)
    if halves is None:
        raise CannotSplit
    first, second = halves[0], rules.move_session(halves[1], second_start)
    refuse_overlaps(others, [(first.start, first.end), (second.start, second.end)])
    use = Use(second.start, second.end, where.place, where.room)
    held = hold(use, session.time_zone, is_held_anyway=is_held_anyway, session_id=session.id)
    before, was_to_end = describe(session), session.planned_end
    write_agenda(session, first)
    second = replace(second, room=where.room or "", link=where.link or "")
    (second_id,) = write_sessions(cohort, [second], Placing(where.place, session.title))
    for follow in _following:
        held |= follow(actor_id, session.id, second_id)
    told = tell_of_split(cohort, session, db.session.get_one(TrainingSession, second_id), before, was_to_end)
    record(
        actor_id,
        "split_session",
        changes={"planned_end": (was_to_end.isoformat(), first.end.isoformat())},
        session_id=session.id,
        agenda_version=session.agenda_version,
        second_session_id=second_id,
        **held,
    )
    return told
