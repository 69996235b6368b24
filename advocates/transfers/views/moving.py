"""Choosing where people go on, what that means for each of them, and doing it."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from advocates import clock
from advocates.access import Permission, actor, requires
from advocates.cohorts.models import Cohort
from advocates.cohorts.queries import CohortRow, list_cohorts
from advocates.cohorts.scope import load_cohort, load_enrollment
from advocates.cohorts.views.enrolling import flash_untold
from advocates.database import db
from advocates.idempotency import commit_and_redirect
from advocates.people.forms import id_in_address
from advocates.transfers import labels, moving, queries
from advocates.transfers.forms import DestinationForm, MoveForm, chosen_people
from advocates.transfers.queries import Plan
from advocates.transfers.views import blueprint

Page = tuple[str, int] | Response


@dataclass(frozen=True)
class Wish:
    """Whom a page is about, where they may go and where they shall."""

    people: Sequence[uuid.UUID]
    cohorts: Sequence[CohortRow]
    cohort: Cohort | None

    def plan(self) -> Plan | None:
        return queries.load_plan(actor().person_id, self.people, self.cohort) if self.cohort else None


@blueprint.route("/enrollments/<uuid:enrollment_id>/move", methods=["GET", "POST"])
@requires(Permission.MANAGE_COHORTS)
def move_person(enrollment_id: uuid.UUID) -> Page:
    found = load_enrollment(enrollment_id, Permission.MANAGE_COHORTS)
    wish = _wish([enrollment_id], found.cohort, {found.enrollment.curriculum_version_id})
    return _answer(wish, found.cohort, "transfers/move_person.html", found=found)


@blueprint.route("/cohorts/<uuid:cohort_id>/move-people", methods=["GET", "POST"])
@requires(Permission.MANAGE_COHORTS)
def move_people(cohort_id: uuid.UUID) -> Page:
    cohort = load_cohort(cohort_id, Permission.MANAGE_COHORTS)
    people = queries.people_in(cohort_id)
    return _answer(
        _wish(list(people), cohort, set(people.values())), cohort, "transfers/move_people.html", people=people
    )


def _wish(people: Sequence[uuid.UUID], cohort: Cohort, version_ids: Collection[uuid.UUID]) -> Wish:
    """Cohorts that have not ended; their own too where its version is not that of everybody."""
    stays = bool(version_ids) and set(version_ids) != {cohort.curriculum_version_id}
    cohorts = [
        row
        for row in list_cohorts(None)
        if row.cohort.closed_at is None
        and (stays if row.cohort.id == cohort.id else row.cohort.ends_on >= clock.today(row.cohort.time_zone))
    ]
    wanted = id_in_address(request.values.get("to", ""))
    return Wish(people, cohorts, next((row.cohort for row in cohorts if row.cohort.id == wanted), None))


def _answer(wish: Wish, cohort: Cohort, template: str, **values: Any) -> Page:
    form = MoveForm.of_request()
    if not form.is_submitted_and_valid() or wish.cohort is None:
        return _page(wish, cohort, template, form, wish.plan(), **values), 422 if form.errors else 200
    chosen = chosen_people(wish.people)
    if not chosen:
        return _page(wish, cohort, template, form, wish.plan(), **values), 422
    try:
        moved = moving.move_people(actor().person_id, chosen, wish.cohort.id, form.code())
    except moving.MovingRefused as refusal:
        db.session.rollback()
        problem = _sentence(refusal, chosen)
        return _page(wish, cohort, template, form, wish.plan(), problem, **values), 409
    flash(_done(moved.plan))
    flash_untold(moved.untold)
    return commit_and_redirect("cohorts.show_cohort", cohort_id=wish.cohort.id)


def _page(
    wish: Wish,
    cohort: Cohort,
    template: str,
    form: MoveForm,
    plan: Plan | None,
    problem: str | None = None,
    **values: Any,
) -> str:
    """Nobody is ticked before somebody chooses, but where everybody has to follow the cohort to its other version."""
    ticked = {str(key) for key in _ticked(wish, cohort)}
    return render_template(
        template,
        destination=DestinationForm(None, to=wish.cohort.id if wish.cohort else None).choose_from(wish.cohorts),
        cohort=cohort,
        form=form,
        plan=plan,
        problem=problem,
        ticked=ticked,
        is_empty=request.method == "POST" and not ticked,
        labels=labels,
        **values,
    )


def _ticked(wish: Wish, cohort: Cohort) -> Iterable[uuid.UUID]:
    stays = wish.cohort is not None and wish.cohort.id == cohort.id
    return wish.people if stays and request.method == "GET" else chosen_people(wish.people)


def _done(plan: Plan) -> str:
    people = len(plan.people)
    if any(person.is_transfer for person in plan.people):
        return ngettext(
            "%(num)s person goes on here. What maps counts; the rest stays on the record that was closed.",
            "%(num)s people go on here. What maps counts; the rest stays on the records that were closed.",
            people,
        )
    return ngettext(
        "%(num)s person goes on here, with every minute credited before.",
        "%(num)s people go on here, with every minute credited before.",
        people,
    )


def _sentence(refusal: moving.MovingRefused, chosen: Collection[uuid.UUID]) -> str:
    plan = refusal.plan
    if isinstance(refusal, moving.ChangedSince):
        return _("Something changed since this page was shown. Nobody was moved: look at the figures again.")
    if missing := plan.seats_missing(chosen):
        return ngettext(
            "%(num)s seat is missing in %(cohort)s. Nobody was moved.",
            "%(num)s seats are missing in %(cohort)s. Nobody was moved.",
            missing,
            cohort=plan.cohort.title,
        )
    if full := plan.full_quotas(chosen):
        agencies = ", ".join(quota.agency for quota in full)
        return _("The seats for people of these agencies are taken: %(agencies)s. Nobody was moved.", agencies=agencies)
    return _("Not all of these people can be moved. Nobody was moved.")
