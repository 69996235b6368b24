"""Forecasts: a cohort's list with whoever is in need first, and one person's page with what fixes it."""

import uuid

from flask import render_template, request

from advocates.access import Permission, actor, requires
from advocates.cohorts.scope import load_cohort, load_enrollment
from advocates.curriculum.labels import DELIVERY_LABELS
from advocates.overview.queries.prospects import forecast_of, forecasts_of_cohort
from advocates.overview.rules import Reach
from advocates.overview.views import blueprint


@blueprint.get("/cohorts/<uuid:cohort_id>/forecast")
@requires(Permission.PROPOSE_MAKE_UPS)
def show_forecast(cohort_id: uuid.UUID) -> str:
    cohort = load_cohort(cohort_id, Permission.PROPOSE_MAKE_UPS)
    forecasts, by_name = forecasts_of_cohort(cohort), request.args.get("by") == "name"
    if not by_name:
        forecasts = sorted(forecasts, key=lambda each: each.prospect.need, reverse=True)
    return render_template(
        "overview/show_forecast.html",
        cohort=cohort,
        forecasts=forecasts,
        by_name=by_name,
        counts={reach: sum(each.prospect.reach is reach for each in forecasts) for reach in Reach},
    )


@blueprint.get("/enrollments/<uuid:enrollment_id>/ways")
@requires(Permission.VIEW_WAYS)
def show_ways(enrollment_id: uuid.UUID) -> str:
    """For the person, and for those who propose make-ups for them; nobody does so for themself."""
    row = load_enrollment(enrollment_id, Permission.VIEW_WAYS, own_allowed=True)
    return render_template(
        "overview/show_ways.html",
        row=row,
        is_own=row.enrollment.person_id == actor().person_id,
        forecast=forecast_of(row.cohort, enrollment_id),
        delivery_labels=DELIVERY_LABELS,
    )
