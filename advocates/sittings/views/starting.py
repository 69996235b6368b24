"""The tests of a trainee, and starting one."""

import uuid

from flask import abort, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates import clock
from advocates.access import Permission, actor, requires
from advocates.assessments.labels import TEST_LABELS
from advocates.assessments.rules import AssessmentKind
from advocates.idempotency import commit_and_redirect
from advocates.sittings import starting
from advocates.sittings.labels import AVAILABILITY, START_PROBLEMS
from advocates.sittings.queries import Offer, extras_of, find_offer, own_offers, own_sittings, tries_of
from advocates.sittings.rules.timing import Extra, minutes_for, start_problem
from advocates.sittings.views import blueprint


@blueprint.get("/tests")
@requires(Permission.TAKE_TESTS)
def list_own_tests() -> str:
    me = actor().person_id
    return render_template(
        "sittings/list_own_tests.html",
        offers=own_offers(me),
        sittings=own_sittings(me),
        now=clock.now(),
        test_labels=TEST_LABELS,
        availability=AVAILABILITY,
    )


@blueprint.get("/test-openings/<uuid:opening_id>")
@requires(Permission.TAKE_TESTS)
def show_test(opening_id: uuid.UUID) -> str:
    return _page(find_offer(opening_id, actor().person_id) or abort(404))


@blueprint.post("/test-openings/<uuid:opening_id>/start")
@requires(Permission.TAKE_TESTS)
def start_sitting(opening_id: uuid.UUID) -> Response | tuple[str, int]:
    offer = find_offer(opening_id, actor().person_id) or abort(404)
    try:
        sitting = starting.start_sitting(offer)
    except starting.StartRefused as refused:
        abort(409, str(START_PROBLEMS[refused.problem]))
    except starting.BankTooSmall:
        abort(409, _("This test has too few questions now. Tell your trainer: it has to be defined again."))
    return commit_and_redirect("sittings.take_sitting", sitting_id=sitting.id)


def _page(offer: Offer) -> str:
    held = offer.assessment.held
    tries, rule = tries_of(offer.enrollment, offer.assessment)
    is_pre_test = offer.assessment.kind is AssessmentKind.PRE_TEST
    extra = extras_of([offer.enrollment.id]).get(offer.enrollment.id, Extra())
    mine = [each for each in own_sittings(actor().person_id) if each.enrollment_id == offer.enrollment.id]
    begun = next((s for s in mine if s.kind == offer.assessment.kind and s.finished_at is None), None)
    return render_template(
        "sittings/show_test.html",
        offer=offer,
        held=held,
        tries=tries,
        rule=rule,
        is_pre_test=is_pre_test,
        minutes=None if held.minutes is None else minutes_for(held.minutes, extra),
        problem=start_problem(offer.opening.window, tries, clock.now(), is_pre_test=is_pre_test),
        problems=START_PROBLEMS,
        begun=begun,
    )
