"""Bring sessions into being: a whole layout at once, or one."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from advocates.audit.recording import record
from advocates.cohorts.models import Cohort
from advocates.cohorts.planning import lock_cohort
from advocates.curriculum.delivery import DeliveryMode
from advocates.curriculum.queries import modules_of
from advocates.curriculum.rules import Problem
from advocates.database import db, new_id
from advocates.schedule import rules
from advocates.schedule.models import AgendaSegment, TrainingSession
from advocates.schedule.overlaps import refuse_overlaps
from advocates.schedule.planning import Plan, plan_layout
from advocates.schedule.queries import sessions_of_cohort


class PlanChanged(Exception):
    """What would be written now, `plan`, is not what was shown."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan.digest)
        self.plan = plan


class AgendaRefused(Exception):
    """The agenda is wrong: each problem's path is "" or `segments[n]`."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(*map(str, problems))
        self.problems = problems


@dataclass(frozen=True)
class Placing:
    """Where and under which name a session takes place."""

    place: str
    title: str | None = None


def lay_out_sessions(
    actor_id: uuid.UUID, cohort_id: uuid.UUID, pattern: rules.Pattern, place: str, *, only_missing: bool, shown: str
) -> int:
    """Write the plan whose digest was `shown` and return how many sessions it has.

    Raises PlanChanged and what `plan_layout` raises.
    """
    cohort = lock_cohort(cohort_id)
    plan = plan_layout(cohort, pattern, only_missing=only_missing)
    if plan.digest != shown:
        raise PlanChanged(plan)
    ids = _write(cohort, plan.sessions, Placing(place))
    record(actor_id, "lay_out_sessions", cohort_id=cohort.id, session_ids=ids)
    return len(ids)


def add_session(
    actor_id: uuid.UUID, cohort_id: uuid.UUID, session: rules.PlannedSession, placing: Placing
) -> uuid.UUID:
    """Write one session and return its id. Raises AgendaRefused or SessionsOverlap."""
    cohort = lock_cohort(cohort_id)
    refuse_agenda(cohort, session)
    refuse_overlaps(sessions_of_cohort(cohort_id), [(session.start, session.end)])
    (session_id,) = _write(cohort, [session], placing)
    record(actor_id, "add_session", cohort_id=cohort.id, session_id=session_id)
    return session_id


def refuse_agenda(cohort: Cohort, session: rules.PlannedSession) -> None:
    """Raise AgendaRefused unless the parts fill the session and teach what the cohort's version has."""
    minutes = {module.module_id: module.contact_minutes for module in modules_of(cohort.curriculum_version_id)}
    problems = rules.agenda_problems(session.start, session.end, session.segments, minutes)
    problems += rules.filling_problems(session.start, session.end, session.segments)
    if problems:
        raise AgendaRefused(problems)


def agenda_rows(
    session_id: uuid.UUID, agenda_version: int, mode: DeliveryMode, segments: Iterable[rules.PlannedSegment]
) -> list[AgendaSegment]:
    """The rows of an agenda; what teaches has the session's mode, a break has none."""
    return [
        AgendaSegment(
            id=new_id(),
            session_id=session_id,
            agenda_version=agenda_version,
            planned_start=segment.start,
            planned_end=segment.end,
            module_id=segment.module_id,
            from_minute=segment.from_minute,
            delivery_mode=mode if segment.slice else None,
        )
        for segment in segments
    ]


def _write(cohort: Cohort, sessions: Iterable[rules.PlannedSession], placing: Placing) -> list[uuid.UUID]:
    """Two statements, however many sessions."""
    rows: list[TrainingSession] = []
    agendas: list[AgendaSegment] = []
    for session in sessions:
        row = TrainingSession(
            id=new_id(),
            cohort_id=cohort.id,
            title=placing.title,
            planned_start=session.start,
            planned_end=session.end,
            time_zone=cohort.time_zone,
            place=placing.place,
            delivery_mode=session.delivery_mode,
            agenda_version=1,
        )
        rows.append(row)
        agendas += agenda_rows(row.id, 1, session.delivery_mode, session.segments)
    db.session.add_all(rows)
    db.session.flush()
    db.session.add_all(agendas)
    db.session.flush()
    return [row.id for row in rows]
