"""The first screen after signing in: one section for each role that the person holds."""

import uuid

from flask import render_template

from advocates.access import Actor, Permission, Role, actor, requires
from advocates.cohorts.labels import STATUS_LABELS
from advocates.cohorts.queries import list_cohorts
from advocates.curriculum.labels import AGREEMENT_LABELS, DELIVERY_LABELS, ROUTE_LABELS
from advocates.evaluations.labels import KIND_LABELS
from advocates.evaluations.queries import own_open_surveys
from advocates.overview import queries
from advocates.overview.views import blueprint


@blueprint.get("/")
@requires(Permission.SIGNED_IN)
def home() -> str:
    me = actor()
    return render_template(
        "overview/home.html",
        own=queries.own_progress(me.person_id) if me.has(Role.TRAINEE) else None,
        surveys=own_open_surveys(me.person_id) if me.has(Role.TRAINEE) else (),
        survey_labels=KIND_LABELS,
        trainer=queries.trainer_desk(me.person_id, _cohorts(me, Role.TRAINER)) if me.has(Role.TRAINER) else None,
        administrator=queries.administrator_desk() if me.has(Role.ADMINISTRATOR) else None,
        audited=list_cohorts(_cohorts(me, Role.AUDITOR)) if me.has(Role.AUDITOR) else None,
        taught_in=queries.taught_in,
        statuses=STATUS_LABELS,
        agreement_labels=AGREEMENT_LABELS,
        delivery_labels=DELIVERY_LABELS,
        route_labels=ROUTE_LABELS,
    )


def _cohorts(me: Actor, role: Role) -> frozenset[uuid.UUID]:
    return me.cohorts.get(role, frozenset())
