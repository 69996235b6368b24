"""A cohort's sessions and what they cover."""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from flask import render_template

from advocates import clock
from advocates.access import Permission, actor, requires
from advocates.cohorts.scope import load_cohort
from advocates.curriculum.labels import DELIVERY_LABELS
from advocates.curriculum.queries import modules_of
from advocates.schedule import planning
from advocates.schedule.forms.agenda import REASON_LABELS
from advocates.schedule.queries import SessionRow, closed_between, sessions_of_cohort
from advocates.schedule.rules import SessionState, state_of, taught_slices
from advocates.schedule.views import blueprint
from advocates.schedule.views.refusals import closing_names


@dataclass(frozen=True)
class Note:
    """Who is named to teach a session, and what to warn of."""

    staff: Sequence[str] = ()
    warnings: Sequence[str] = ()


Noting = Callable[[Sequence[SessionRow]], Mapping[uuid.UUID, Note]]
_notings: list[Noting] = []


def adds_notes(noting: Noting) -> Noting:
    """Register what tells more of sessions: staffing stands above the schedule. Usable as a decorator."""
    _notings.append(noting)
    return noting


@blueprint.get("/cohorts/<uuid:cohort_id>/schedule")
@requires(Permission.VIEW_COHORTS)
def show_schedule(cohort_id: uuid.UUID) -> str:
    cohort = load_cohort(cohort_id, Permission.VIEW_COHORTS)
    sessions = sessions_of_cohort(cohort_id)
    modules = {module.module_id: module for module in modules_of(cohort.curriculum_version_id)}
    held = [row.planned_start for row in sessions if row.cancelled_at is None]
    return render_template(
        "schedule/show_schedule.html",
        cohort=cohort,
        sessions=sessions,
        states=_states(sessions),
        modules=modules,
        coverage=planning.covered(modules, sessions),
        doubts=planning.doubts(modules, sessions),
        closed=_closed(sessions),
        notes={row.id: Note() for row in sessions} | _noted(sessions),
        closing_names=closing_names,
        held_count=len(held),
        reason_labels=REASON_LABELS,
        outside=planning.outside_cohort(cohort, held),
        delivery_labels=DELIVERY_LABELS,
        taught_slices=taught_slices,
        may_manage=actor().may_in(Permission.MANAGE_COHORTS, cohort_id),
        may_take_attendance=actor().may_in(Permission.TAKE_ATTENDANCE, cohort_id),
    )


def _noted(sessions: Sequence[SessionRow]) -> dict[uuid.UUID, Note]:
    return {session_id: note for noting in _notings for session_id, note in noting(sessions).items()}


def _closed(sessions: Sequence[SessionRow]) -> dict[uuid.UUID, tuple[str, ...]]:
    """What the local day of each session is called, where it is closed. At most one statement."""
    days = {
        row.id: row.planned_start.astimezone(ZoneInfo(row.time_zone)).date()
        for row in sessions
        if row.cancelled_at is None
    }
    closed = closed_between(min(days.values()), max(days.values())) if days else {}
    return {session_id: closed[day] for session_id, day in days.items() if day in closed}


def _states(sessions: Iterable[SessionRow]) -> dict[uuid.UUID, SessionState]:
    now = clock.now()
    return {
        row.id: state_of(
            row.planned_start,
            row.planned_end,
            row.time_zone,
            now,
            is_signed_off=row.signed_off_at is not None,
            is_cancelled=row.cancelled_at is not None,
        )
        for row in sessions
    }
