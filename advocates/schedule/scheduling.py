"""Bring sessions into being: a whole layout at once, or one."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from advocates.audit.recording import record
from advocates.cohorts.models import Cohort
from advocates.cohorts.seats import lock_open_cohort
from advocates.curriculum.delivery import DeliveryMode
from advocates.curriculum.queries import modules_of
from advocates.curriculum.rules import Problem
from advocates.database import db, new_id
from advocates.schedule import rules
from advocates.schedule.holding import Taken, Use, booked_twice, held_on, hold, taken_rooms
from advocates.schedule.models import AgendaSegment, TrainingSession
from advocates.schedule.overlaps import refuse_overlaps
from advocates.schedule.planning import Plan, Wish, plan_layout
from advocates.schedule.queries import sessions_of_cohort
from advocates.schedule.saving import save_pattern


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
    """Where and under which name a session takes place.

    The room goes to what meets in person and the link to what meets online, where a session has none of its own.
    """

    place: str
    title: str | None = None
    room: str = ""
    link: str = ""


def lay_out_sessions(
    actor_id: uuid.UUID, cohort_id: uuid.UUID, wish: Wish, placing: Placing, *, shown: str, save_as: str = ""
) -> int:
    """Write the plan whose digest was `shown` and return how many sessions it has; `save_as` names its pattern.

    Raises PlanChanged, PatternTitleTaken and what `plan_layout` raises.
    """
    cohort = lock_open_cohort(cohort_id)
    plan = plan_layout(cohort, wish)
    if plan.digest != shown:
        raise PlanChanged(plan)
    more = held_on(plan.held) | booked_twice(taken_by_others(plan, placing))
    ids = write_sessions(cohort, plan.sessions, placing)
    if save_as:
        more["pattern_id"] = save_pattern(actor_id, save_as, plan.pattern.meetings)
    record(actor_id, "lay_out_sessions", cohort_id=cohort.id, session_ids=ids, **more)
    return len(ids)


def taken_by_others(plan: Plan, placing: Placing) -> list[Taken]:
    """The sessions that use a room of the plan at its time. At most one statement."""
    rooms = ((each, each.room or _where(each, DeliveryMode.IN_PERSON, placing.room)) for each in plan.sessions)
    return taken_rooms(Use(each.start, each.end, placing.place, room) for each, room in rooms)


def add_session(
    actor_id: uuid.UUID,
    cohort_id: uuid.UUID,
    session: rules.PlannedSession,
    placing: Placing,
    *,
    is_held_anyway: bool = False,
) -> uuid.UUID:
    """Write one session and return its id. Raises AgendaRefused, SessionsOverlap or OnlyKnowingly."""
    cohort = lock_open_cohort(cohort_id)
    refuse_agenda(cohort, session)
    refuse_overlaps(sessions_of_cohort(cohort_id), [(session.start, session.end)])
    use = Use(session.start, session.end, placing.place, session.room or placing.room)
    held = hold(use, cohort.time_zone, is_held_anyway=is_held_anyway)
    (session_id,) = write_sessions(cohort, [session], placing)
    record(actor_id, "add_session", cohort_id=cohort.id, session_id=session_id, **held)
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


def write_sessions(cohort: Cohort, sessions: Iterable[rules.PlannedSession], placing: Placing) -> list[uuid.UUID]:
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
            room=session.room or _where(session, DeliveryMode.IN_PERSON, placing.room),
            link=session.link or _where(session, DeliveryMode.LIVE_ONLINE, placing.link),
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


def _where(session: rules.PlannedSession, mode: DeliveryMode, where: str) -> str | None:
    return where or None if session.delivery_mode == mode else None
