"""A cohort's sessions and what they cover."""

import uuid
from collections.abc import Iterable

from flask import render_template

from advocates import clock
from advocates.access import Permission, actor, requires
from advocates.cohorts.scope import load_cohort
from advocates.curriculum.labels import DELIVERY_LABELS
from advocates.curriculum.queries import modules_of
from advocates.schedule import planning
from advocates.schedule.queries import SessionRow, sessions_of_cohort
from advocates.schedule.rules import SessionState, state_of, taught_slices
from advocates.schedule.views import blueprint


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
        outside=planning.outside_cohort(cohort, held),
        delivery_labels=DELIVERY_LABELS,
        taught_slices=taught_slices,
        may_manage=actor().may_in(Permission.MANAGE_COHORTS, cohort_id),
        may_take_attendance=actor().may_in(Permission.TAKE_ATTENDANCE, cohort_id),
    )


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
