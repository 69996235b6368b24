"""Reads of surveys. Each function sends one statement, however many rows it finds."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, select

from advocates import clock
from advocates.attendance.models import AttendanceMark
from advocates.attendance.rules import Outcome
from advocates.cohorts.models import Cohort, Enrollment, Placement
from advocates.cohorts.rules import EnrollmentStatus
from advocates.database import db
from advocates.evaluations.models import SurveyAnswer, SurveyForm, SurveyInvitation, SurveyPlan, SurveyRound
from advocates.evaluations.rules import (
    Question,
    Results,
    Standing,
    SurveyKind,
    questions_from_json,
    standing,
    summarize,
)
from advocates.people.models import PersonProfile
from advocates.people.signing_in import sha256
from advocates.schedule.models import TrainingSession

_IN_TRAINING = (EnrollmentStatus.ENROLLED, EnrollmentStatus.COMPLETED, EnrollmentStatus.NOT_COMPLETED)


@dataclass(frozen=True)
class RoundRow:
    """A round as pages name it. `starts_at` and `time_zone` are its session's, None for one of the whole cohort."""

    round: SurveyRound
    starts_at: datetime | None
    time_zone: str | None

    @property
    def is_open(self) -> bool:
        return standing_of(self.round) is Standing.OPEN

    @property
    def last_instant(self) -> datetime:
        """On the last day to answer: a round may close at the midnight that ends it."""
        return self.round.closes_at - timedelta(minutes=1)


@dataclass(frozen=True)
class Asked:
    """What one invitation asks, of whom and about what."""

    invitation: SurveyInvitation
    round: SurveyRound
    cohort: Cohort
    session: TrainingSession | None
    questions: tuple[Question, ...]

    @property
    def standing(self) -> Standing:
        return standing_of(self.round, is_done=self.invitation.is_done)


@dataclass(frozen=True)
class OwnSurvey:
    """An open survey as the person's home names it."""

    invitation_id: uuid.UUID
    kind: SurveyKind
    cohort_title: str
    starts_at: datetime | None
    closes_at: datetime
    time_zone: str


def standing_of(round_: SurveyRound, *, is_done: bool = False) -> Standing:
    """No statement."""
    return standing(round_.closes_at, round_.closed_at, clock.now(), is_done=is_done)


def current_forms() -> dict[SurveyKind, SurveyForm]:
    """The highest number of each kind that was stored."""
    newest = select(SurveyForm).order_by(SurveyForm.kind, SurveyForm.number)
    return {form.kind: form for form in db.session.scalars(newest)}


def plan_of(cohort_id: uuid.UUID) -> SurveyPlan:
    """Which surveys open by themselves: all, where nobody said otherwise."""
    stored = db.session.get(SurveyPlan, cohort_id, populate_existing=True)
    return stored or SurveyPlan(cohort_id=cohort_id, after_sessions=True, at_the_end=True, after_six_months=True)


def rounds_of(cohort_id: uuid.UUID) -> Sequence[RoundRow]:
    """The newest first."""
    query = (
        select(SurveyRound, TrainingSession.planned_start, TrainingSession.time_zone)
        .outerjoin(TrainingSession, TrainingSession.id == SurveyRound.session_id)
        .where(SurveyRound.cohort_id == cohort_id)
        .order_by(SurveyRound.opened_at.desc(), SurveyRound.id.desc())
    )
    return [RoundRow(*row) for row in db.session.execute(query)]


def find_round(round_id: uuid.UUID) -> tuple[RoundRow, Cohort, tuple[Question, ...]] | None:
    row = db.session.execute(
        select(SurveyRound, TrainingSession.planned_start, TrainingSession.time_zone, Cohort, SurveyForm.questions)
        .join(Cohort, Cohort.id == SurveyRound.cohort_id)
        .join(SurveyForm, SurveyForm.id == SurveyRound.form_id)
        .outerjoin(TrainingSession, TrainingSession.id == SurveyRound.session_id)
        .where(SurveyRound.id == round_id)
    ).one_or_none()
    return (RoundRow(row[0], row[1], row[2]), row[3], questions_from_json(row[4])) if row else None


def results_of(round_: SurveyRound, questions: Sequence[Question]) -> Results:
    """By the random key of each answer, which is an order that says nothing; none while the round is open."""
    is_closed = round_.closed_at is not None
    answers: list[tuple[str, str]] = []
    if is_closed:
        rows = db.session.execute(
            select(SurveyAnswer.question, SurveyAnswer.value)
            .where(SurveyAnswer.round_id == round_.id)
            .order_by(SurveyAnswer.id)
        )
        answers = [(key, value) for key, value in rows]
    return summarize(questions, answers, invited=round_.invited, answered=round_.answered, is_closed=is_closed)


def sessions_to_ask_about(cohort_id: uuid.UUID) -> Sequence[TrainingSession]:
    """Sessions that are over and have no survey yet, the latest first."""
    asked = select(SurveyRound.session_id).where(SurveyRound.session_id == TrainingSession.id).exists()
    query = (
        select(TrainingSession)
        .where(
            TrainingSession.cohort_id == cohort_id,
            TrainingSession.cancelled_at.is_(None),
            TrainingSession.planned_end <= clock.now(),
            ~asked,
        )
        .order_by(TrainingSession.planned_start.desc())
    )
    return db.session.scalars(query).all()


def people_to_ask(kind: SurveyKind, cohort_id: uuid.UUID, session_id: uuid.UUID | None) -> Sequence[uuid.UUID]:
    """Who was present at the session; who is or was in training at its end; six months later who completed.

    Supervisors are never found: an administrator names each with the graduate's consent.
    """
    if kind is SurveyKind.FOLLOW_UP_SUPERVISOR:
        return []
    if kind is SurveyKind.SESSION:
        query = _present_at(session_id)
    else:
        statuses = _IN_TRAINING if kind is SurveyKind.END else (EnrollmentStatus.COMPLETED,)
        query = (
            select(Enrollment.person_id)
            .join(Placement, Placement.enrollment_id == Enrollment.id)
            .where(Placement.cohort_id == cohort_id, Placement.ended_at.is_(None), Enrollment.status.in_(statuses))
        )
    return sorted(set(db.session.scalars(query)))


def graduates_without_supervisor(round_: SurveyRound) -> Sequence[tuple[uuid.UUID, str]]:
    """Graduates of the cohort whose supervisor is not asked in this round: (person id, chosen name), by name."""
    asked = (
        select(SurveyInvitation.id)
        .where(SurveyInvitation.round_id == round_.id, SurveyInvitation.person_id == Enrollment.person_id)
        .exists()
    )
    query = (
        select(Enrollment.person_id, PersonProfile.chosen_name)
        .join(Placement, Placement.enrollment_id == Enrollment.id)
        .join(PersonProfile, PersonProfile.person_id == Enrollment.person_id)
        .where(
            Placement.cohort_id == round_.cohort_id,
            Placement.ended_at.is_(None),
            Enrollment.status == EnrollmentStatus.COMPLETED,
            ~asked,
        )
        .order_by(func.lower(PersonProfile.chosen_name), Enrollment.person_id)
    )
    return [(person_id, name) for person_id, name in db.session.execute(query)]


def supervisors_of(round_id: uuid.UUID) -> Sequence[SurveyInvitation]:
    """Those asked in a supervisors' round, in the order of their addresses."""
    query = select(SurveyInvitation).where(SurveyInvitation.round_id == round_id)
    return db.session.scalars(query.order_by(SurveyInvitation.address)).all()


def find_asked_by_link(token: str) -> Asked | None:
    return _asked(SurveyInvitation.token_sha256 == sha256(token))


def find_own_asked(invitation_id: uuid.UUID, person_id: uuid.UUID) -> Asked | None:
    """The person's own; a supervisor's invitation is nobody's who signs in."""
    own = SurveyInvitation.person_id == person_id, SurveyRound.kind != SurveyKind.FOLLOW_UP_SUPERVISOR
    return _asked(SurveyInvitation.id == invitation_id, *own)


def own_open_surveys(person_id: uuid.UUID) -> Sequence[OwnSurvey]:
    """What the person may still answer or decline, the first to close first."""
    query = (
        select(
            SurveyInvitation.id,
            SurveyRound.kind,
            Cohort.title,
            TrainingSession.planned_start,
            SurveyRound.closes_at,
            func.coalesce(TrainingSession.time_zone, Cohort.time_zone),
        )
        .join(SurveyRound, SurveyRound.id == SurveyInvitation.round_id)
        .join(Cohort, Cohort.id == SurveyRound.cohort_id)
        .outerjoin(TrainingSession, TrainingSession.id == SurveyRound.session_id)
        .where(
            SurveyInvitation.person_id == person_id,
            SurveyInvitation.is_done.is_(False),
            SurveyRound.kind != SurveyKind.FOLLOW_UP_SUPERVISOR,
            SurveyRound.closed_at.is_(None),
            SurveyRound.closes_at > clock.now(),
        )
        .order_by(SurveyRound.closes_at, SurveyInvitation.id)
    )
    return [OwnSurvey(*row) for row in db.session.execute(query)]


def _present_at(session_id: uuid.UUID | None) -> Select[uuid.UUID]:
    latest = (
        select(AttendanceMark.enrollment_id, func.max(AttendanceMark.version).label("version"))
        .where(AttendanceMark.session_id == session_id)
        .group_by(AttendanceMark.enrollment_id)
        .subquery()
    )
    return (
        select(Enrollment.person_id)
        .join(AttendanceMark, AttendanceMark.enrollment_id == Enrollment.id)
        .join(
            latest,
            (latest.c.enrollment_id == AttendanceMark.enrollment_id) & (latest.c.version == AttendanceMark.version),
        )
        .where(
            AttendanceMark.session_id == session_id,
            AttendanceMark.outcome == Outcome.PRESENT,
            Enrollment.status.in_(_IN_TRAINING),
        )
    )


def _asked(*which: ColumnElement[bool]) -> Asked | None:
    row = db.session.execute(
        select(SurveyInvitation, SurveyRound, Cohort, TrainingSession, SurveyForm.questions)
        .join(SurveyRound, SurveyRound.id == SurveyInvitation.round_id)
        .join(Cohort, Cohort.id == SurveyRound.cohort_id)
        .join(SurveyForm, SurveyForm.id == SurveyRound.form_id)
        .outerjoin(TrainingSession, TrainingSession.id == SurveyRound.session_id)
        .where(*which)
    ).one_or_none()
    return Asked(row[0], row[1], row[2], row[3], questions_from_json(row[4])) if row else None
