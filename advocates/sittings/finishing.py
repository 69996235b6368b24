"""End a sitting: sent by its person, or by its time with what was saved. What needs no person is scored at once."""

import logging
import uuid
from collections.abc import Mapping
from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from advocates import clock
from advocates.assessments.recording import record_sitting
from advocates.audit.recording import record
from advocates.cohorts.models import Enrollment
from advocates.database import db
from advocates.sittings.models import AssessmentOpening, Sitting
from advocates.sittings.queries import UNGRADED, Asked, Grades, Held, answers_of, find_held, grades_of, questions_of
from advocates.sittings.rules.grading import standing_points
from advocates.sittings.rules.result import Earned, Result, result_of
from advocates.sittings.rules.saving import Version
from advocates.sittings.rules.timing import GRACE, FinishWay, ended_at

log = logging.getLogger(__name__)


class NoSuchSitting(Exception):
    """It is not there, or somebody else's."""


def finish_sitting(person_id: uuid.UUID, sitting_id: uuid.UUID, *, is_sent: bool) -> Held:
    """The sitting, finished. Sent twice it is finished once. Its own person's only: NoSuchSitting.

    Not sent, it ends only when it is over.
    """
    _lock_enrollment(sitting_id, person_id)
    held = find_held(sitting_id, person_id, for_update=True)
    if held is None:
        raise NoSuchSitting
    if held.sitting.finished_at is None and (is_sent or held.is_over(clock.now())):
        finish_locked(person_id, held)
    return held


def finish_locked(actor_id: uuid.UUID | None, held: Held) -> None:
    """With enrollment and sitting locked: it ends now, or when its time ended."""
    now, sitting = clock.now(), held.sitting
    end = ended_at(sitting.due_at, held.opening.window)
    is_over = end is not None and now > end[0] + GRACE
    sitting.finished_at, sitting.finish_way = end if end is not None and is_over else (now, FinishWay.SENT)
    settle(held)
    record(
        actor_id,
        "finish_sitting",
        sitting_id=sitting.id,
        enrollment_id=sitting.enrollment_id,
        way=sitting.finish_way,
        attempt_id=sitting.attempt_id,
    )


def settle(
    held: Held, *, recorded_by: uuid.UUID | None = None, pending: Mapping[uuid.UUID, Grades] | None = None
) -> Result:
    """Record the score of a finished sitting once nothing waits for grading; until then it has no attempt.

    The caller holds the enrollment's lock and writes the audit event, and with it the grades in `pending`.
    """
    sitting = held.sitting
    result = result_of_sitting(sitting.id, pending)
    if result.score is None or sitting.attempt_id is not None or sitting.finished_at is None:
        return result
    attempt = record_sitting(
        held.enrollment,
        sitting.kind,
        score=result.score,
        questions=result.of,
        taken_on=sitting.finished_at.astimezone(ZoneInfo(held.cohort.time_zone)).date(),
        recorded_by=recorded_by or held.enrollment.person_id,
    )
    sitting.attempt_id = attempt.id if attempt else None
    return result


def result_of_sitting(sitting_id: uuid.UUID, pending: Mapping[uuid.UUID, Grades] | None = None) -> Result:
    """What was earned so far; `pending` are grades of its questions that are not stored yet. Three statements."""
    answers, grades = answers_of(sitting_id), {**grades_of([sitting_id]), **(pending or {})}
    asked = questions_of(sitting_id)
    return result_of(earned(each, answers[each.row.id], grades.get(each.row.id, UNGRADED)) for each in asked)


def earned(asked: Asked, version: Version, grades: Grades = UNGRADED) -> Earned:
    """The points of one answer; None while a person has to grade it."""
    points = standing_points(asked.question, version.content.answer, grades.by_people, grades.at_least)
    return Earned(str(asked.module_id), points, asked.question.worth)


def finish_overdue() -> int:
    """End every sitting whose time is over and that nobody sent. How many; each in a transaction of its own."""
    before = clock.now() - GRACE - timedelta(seconds=1)
    is_over = or_(Sitting.due_at < before, AssessmentOpening.closed_early_at < before)
    query = (
        select(Sitting.id, Enrollment.person_id)
        .join(AssessmentOpening, AssessmentOpening.id == Sitting.opening_id)
        .join(Enrollment, Enrollment.id == Sitting.enrollment_id)
        .where(Sitting.finished_at.is_(None), is_over)
        .order_by(Sitting.id)
    )
    found = [(sitting_id, person_id) for sitting_id, person_id in db.session.execute(query)]
    db.session.rollback()
    for sitting_id, person_id in found:
        try:
            finish_sitting(person_id, sitting_id, is_sent=False)
            db.session.commit()
        except Exception:
            db.session.rollback()
            log.exception("a sitting could not be ended; the next sweep tries again")
    return len(found)


def _lock_enrollment(sitting_id: uuid.UUID, person_id: uuid.UUID) -> None:
    """Before the sitting: the order in which everybody takes them."""
    mine = select(Sitting.enrollment_id).where(Sitting.id == sitting_id).scalar_subquery()
    query = select(Enrollment).where(Enrollment.id == mine, Enrollment.person_id == person_id).with_for_update()
    db.session.scalars(query).one_or_none()
