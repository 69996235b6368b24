"""Who is ready for a certificate, and what each other person lacks."""

import uuid

from flask import render_template

from advocates.access import Permission, actor, requires
from advocates.cohorts.models import Cohort
from advocates.cohorts.scope import load_cohort
from advocates.credentials.forms import WAIVER_REASONS
from advocates.credentials.graduating import graduation_of
from advocates.credentials.telling import requirement_label, tell
from advocates.credentials.views import blueprint


@blueprint.get("/cohorts/<uuid:cohort_id>/graduation")
@requires(Permission.VIEW_GRADUATION)
def show_graduation(cohort_id: uuid.UUID) -> str:
    return graduation_page(load_cohort(cohort_id, Permission.VIEW_GRADUATION))


def graduation_page(cohort: Cohort, problem: str | None = None) -> str:
    """The page; auditors see minutes, never which ones."""
    graduation = graduation_of(cohort.id)
    is_staff = actor().may_in(Permission.TAKE_ATTENDANCE, cohort.id)
    lacking = {
        candidate.row.enrollment_id: tell(
            candidate.verdict, graduation.terms[candidate.row.version_id], with_slices=is_staff
        )
        for candidate in graduation.at("not_ready")
    }
    return render_template(
        "credentials/show_graduation.html",
        cohort=cohort,
        graduation=graduation,
        lacking=lacking,
        is_staff=is_staff,
        problem=problem,
        requirement_label=requirement_label,
        waiver_reasons=WAIVER_REASONS,
    )
