"""Make-ups: proposed on a person's page, decided on the list of those that wait."""

import uuid
from datetime import date

from flask import abort, flash, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, check_scope, requires
from advocates.attendance import making_up
from advocates.attendance.make_up_forms import Decision, DecisionForm, ProposalForm
from advocates.attendance.making_up import AlreadyDecided, NotTheirs, SessionCanceled
from advocates.attendance.proposing import ProposalRefused, problems_of, refuse_proposing
from advocates.attendance.queries.make_ups import decided_make_ups, find_make_up, waiting_make_ups, with_credit
from advocates.attendance.queries.owing import Owing, load_owing
from advocates.attendance.rules.make_ups import DecisionReason
from advocates.attendance.views import blueprint
from advocates.cohorts.queries import EnrollmentRow
from advocates.cohorts.scope import load_enrollment
from advocates.curriculum.rules import limit_sentences
from advocates.curriculum.wording import said
from advocates.database import db
from advocates.formatting import short_day
from advocates.idempotency import commit_and_redirect

DONE = {
    Decision.APPROVE: _l("Approved. Exactly this part is credited."),
    Decision.REFUSE: _l("Refused. The part is still missing."),
    Decision.REVERSE: _l("Reversed. What only this make-up credited is taken back."),
}
LAST_PAGE = 10_000


@blueprint.route("/enrollments/<uuid:enrollment_id>/make-ups", methods=["GET", "POST"])
@requires(Permission.PROPOSE_MAKE_UPS)
def propose_make_up(enrollment_id: uuid.UUID) -> str | tuple[str, int] | Response:
    row = load_enrollment(enrollment_id, Permission.PROPOSE_MAKE_UPS)
    form = ProposalForm.of_request(
        **{name: request.args.get(name) for name in ("module_id", "from_minute", "to_minute")}
    )
    if request.method == "GET":
        return make_up_page(row, form)
    if not form.is_submitted_and_valid():
        return make_up_page(row, form), 422
    try:
        making_up.propose_make_up(actor().person_id, row, form.proposal())
    except ProposalRefused as refusal:
        db.session.rollback()
        return make_up_page(row, form, refusal=refusal), 422
    flash(_("Proposed. Somebody else decides on it."))
    return commit_and_redirect("attendance.propose_make_up", enrollment_id=enrollment_id)


@blueprint.get("/make-ups")
@requires(Permission.APPROVE_MAKE_UPS)
def list_make_ups() -> str:
    return _list(DecisionForm())


@blueprint.post("/make-ups/<uuid:make_up_id>/decide")
@requires(Permission.APPROVE_MAKE_UPS)
def decide_make_up(make_up_id: uuid.UUID) -> tuple[str, int] | Response:
    found = find_make_up(make_up_id) or abort(404)
    check_scope(Permission.APPROVE_MAKE_UPS, found.cohort_id)
    form = DecisionForm.of_request()
    if not form.validate():
        return _list(form, make_up_id), 422
    try:
        _decide(make_up_id, form)
    except AlreadyDecided:
        db.session.rollback()
        return _list(form, problem=_("Somebody else decided on it in the meantime. This is how it stands.")), 409
    except NotTheirs:
        db.session.rollback()
        return _list(form, problem=_("Neither the proposer nor the trainee decides. Somebody else has to.")), 409
    except SessionCanceled:
        db.session.rollback()
        return _list(form, problem=_("Its session was canceled. Refuse this make-up; the part is missing again.")), 409
    flash(str(DONE[form.decision.data]))
    return commit_and_redirect("attendance.list_make_ups")


def _decide(make_up_id: uuid.UUID, form: DecisionForm) -> None:
    if form.decision.data is Decision.APPROVE:
        making_up.approve_make_up(actor().person_id, make_up_id)
    elif form.decision.data is Decision.REFUSE:
        making_up.refuse_make_up(actor().person_id, make_up_id, form.reason.data)
    else:
        making_up.reverse_make_up(actor().person_id, make_up_id, form.reason.data)


def make_up_page(
    row: EnrollmentRow, form: ProposalForm, problem: str | None = None, refusal: ProposalRefused | None = None
) -> str:
    """Debts, the form for the one that was chosen, seats booked, and the make-ups so far."""
    owing, obstacle = load_owing(row), _obstacle(row)
    chosen = owing.modules.get(form.module_id.data) if form.module_id.data else None
    if chosen is not None:
        form.offer(owing, chosen.module_id)
    if (form.errors or refusal) and not obstacle:
        problem = _tell(form, owing, refusal)
    return render_template(
        "attendance/propose_make_up.html",
        row=row,
        owing=owing,
        form=form,
        chosen=chosen,
        limits=[said(sentence) for sentence in limit_sentences(owing.rules)],
        obstacle=obstacle,
        problem=problem,
    )


def _obstacle(row: EnrollmentRow) -> str | None:
    try:
        refuse_proposing(actor().person_id, row)
    except ProposalRefused as refusal:
        return _(refusal.message)
    return None


def _tell(form: ProposalForm, owing: Owing, refusal: ProposalRefused | None) -> str | None:
    """Everything that speaks against it at once: a sentence at each field, and returned what no field can mend."""
    problem = None
    for each in (*([refusal] if refusal else ()), *problems_of(owing, form.proposal(), form.errors)):
        values = {name: short_day(value) if isinstance(value, date) else value for name, value in each.values.items()}
        sentence = _(each.message, **values)
        if not each.field:
            problem = sentence
        elif not form[each.field].errors:
            form[each.field].errors = [sentence]
    return problem


def _list(form: DecisionForm, decided_id: uuid.UUID | None = None, problem: str | None = None) -> str:
    """Those that wait, then a page of those decided. `decided_id` is the one whose form has an error."""
    cohort_ids = actor().cohort_ids(Permission.APPROVE_MAKE_UPS)
    page = min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE)
    waiting = waiting_make_ups(cohort_ids)
    decided, has_older = decided_make_ups(cohort_ids, page)
    waiting, decided = with_credit(waiting, decided)
    return render_template(
        "attendance/list_make_ups.html",
        waiting=waiting,
        decided=decided,
        page=page,
        has_older=has_older,
        form=form,
        wrong_id=decided_id,
        problem=problem,
        may_decide=making_up.may_decide,
        reasons=DecisionReason,
    )
