"""What surveys do by themselves, once a minute: close, open and write. Safe to call at any time, by two at once."""

import uuid
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import func, select

from advocates import clock
from advocates.cohorts.models import Cohort
from advocates.database import db, reading, start_writing
from advocates.evaluations.closing import close_round
from advocates.evaluations.inviting import write_to_round
from advocates.evaluations.models import SurveyPlan, SurveyRound
from advocates.evaluations.opening import About, RoundRefused, open_round
from advocates.evaluations.queries import standing_of
from advocates.evaluations.rules import Standing, SurveyKind, follow_up_day, is_survey_due
from advocates.schedule.models import TrainingSession

Item = TypeVar("Item")
Result = TypeVar("Result")
# Long enough for six months and the two weeks in which a survey may still open.
_LOOKS_BACK = timedelta(days=210)


def sweep_surveys() -> int:
    """Close what is over, open what is due, write to who is due a mail; how many mails. Commits one by one."""
    with reading():
        now = clock.now()
        is_open = select(SurveyRound.id).where(SurveyRound.closed_at.is_(None))
        overdue = db.session.scalars(is_open.where(SurveyRound.closes_at <= now)).all()
        due = [*_due_after_sessions(), *_due_of_cohorts()]
    _each(overdue, lambda round_id: close_round(None, round_id))
    _each(due, lambda which: _open(*which))
    with reading():
        running = db.session.scalars(is_open.where(SurveyRound.closes_at > now)).all()
    return sum(_each(running, _write))


def _each(items: Iterable[Item], work: Callable[[Item], Result]) -> list[Result]:
    """Each in a transaction of its own: one's trouble keeps no other waiting, and the next sweep tries again."""
    done = []
    for item in items:
        start_writing(db.session)
        try:
            done.append(work(item))
            db.session.commit()
        except Exception:
            db.session.rollback()
            current_app.logger.exception("a survey could not be swept")
    return done


def _open(cohort_id: uuid.UUID, about: About) -> None:
    """Refused where somebody opened it at this moment, or where there is nobody to ask."""
    try:
        open_round(None, cohort_id, about)
    except RoundRefused:
        db.session.rollback()


def _write(round_id: uuid.UUID) -> int:
    round_ = db.session.get_one(SurveyRound, round_id, with_for_update=True, populate_existing=True)
    return write_to_round(round_) if standing_of(round_) is Standing.OPEN else 0


def _due_after_sessions() -> Iterator[tuple[uuid.UUID, About]]:
    """Sessions that were signed off and are not asked about."""
    asked = select(SurveyRound.id).where(SurveyRound.session_id == TrainingSession.id).exists()
    rows = db.session.execute(
        select(TrainingSession.cohort_id, TrainingSession.id, TrainingSession.planned_end, TrainingSession.time_zone)
        .outerjoin(SurveyPlan, SurveyPlan.cohort_id == TrainingSession.cohort_id)
        .where(
            TrainingSession.signed_off_at.is_not(None),
            TrainingSession.planned_end > clock.now() - _LOOKS_BACK,
            func.coalesce(SurveyPlan.after_sessions, True),
            ~asked,
        )
        .order_by(TrainingSession.planned_start)
    )
    for cohort_id, session_id, ended_at, zone in rows:
        if is_survey_due(ended_at.astimezone(ZoneInfo(zone)).date(), clock.today(zone)):
            yield cohort_id, About(SurveyKind.SESSION, session_id)


def _due_of_cohorts() -> Iterator[tuple[uuid.UUID, About]]:
    """The end of a training is asked about from the day after it, its use six months later."""
    rows = db.session.execute(
        select(
            Cohort.id,
            Cohort.ends_on,
            Cohort.time_zone,
            func.coalesce(SurveyPlan.at_the_end, True),
            func.coalesce(SurveyPlan.after_six_months, True),
        )
        .outerjoin(SurveyPlan, SurveyPlan.cohort_id == Cohort.id)
        .where(Cohort.ends_on > clock.today() - _LOOKS_BACK, Cohort.ends_on <= clock.today())
    ).all()
    known = select(SurveyRound.cohort_id, SurveyRound.kind).where(SurveyRound.cohort_id.in_([row[0] for row in rows]))
    asked = {(cohort_id, kind) for cohort_id, kind in db.session.execute(known)} if rows else set()
    for cohort_id, ends_on, zone, at_the_end, after_six_months in rows:
        today = clock.today(zone)
        for kind, due_on, is_wanted in (
            (SurveyKind.END, ends_on + timedelta(days=1), at_the_end),
            (SurveyKind.FOLLOW_UP_GRADUATE, follow_up_day(ends_on), after_six_months),
        ):
            if is_wanted and (cohort_id, kind) not in asked and is_survey_due(due_on, today):
                yield cohort_id, About(kind)
