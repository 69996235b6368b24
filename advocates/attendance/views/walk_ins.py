"""Walk-ins: somebody who stands in the room and is not on the register."""

import uuid

from flask import abort, flash, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.attendance import walking_in
from advocates.attendance.open_register import RegisterClosed, is_open, opens_at
from advocates.attendance.queries.visitors import applicants, find_visitors
from advocates.attendance.views import blueprint
from advocates.attendance.views.refusals import refuse_cancelled, sentence_of
from advocates.attendance.walk_in_forms import WalkInForm
from advocates.attendance.walking_in import AlreadyOnRegister, NameHere, NoVisitor
from advocates.cohorts.enrolling import EnrollingRefused
from advocates.cohorts.models import Cohort
from advocates.cohorts.scope import load_enrollment
from advocates.database import db
from advocates.idempotency import commit_and_redirect
from advocates.people.forms import id_or_none
from advocates.schedule.models import TrainingSession
from advocates.schedule.scope import load_session


@blueprint.route("/sessions/<uuid:session_id>/walk-ins", methods=["GET", "POST"])
@requires(Permission.TAKE_ATTENDANCE)
def add_walk_in(session_id: uuid.UUID) -> str | tuple[str, int] | Response:
    session, cohort = load_session(session_id, Permission.TAKE_ATTENDANCE)
    refuse_cancelled(session)
    form = WalkInForm.of_request()
    if request.method == "GET":
        return _page(session, cohort, form)
    try:
        if "enrollment_id" in request.form:
            _seat(session)
        elif form.validate():
            (_visit if "visits" in request.form else _add)(session, form)
        else:
            return _page(session, cohort, form), 422
    except NameHere:
        form.chosen_name.errors = [_("Somebody of this name is in the cohort already. Add what tells the two apart.")]
        return _refused(session, cohort, form), 422
    except AlreadyOnRegister:
        return _refused(session, cohort, form, _("This person is on the register already.")), 409
    except RegisterClosed as refusal:
        return _refused(session, cohort, form, sentence_of(refusal)), 409
    return commit_and_redirect("attendance.take_attendance", session_id=session_id)


def _add(session: TrainingSession, form: WalkInForm) -> None:
    """Enrolled by an administrator while there are seats; otherwise noted until somebody accepts them."""
    if actor().may_in(Permission.MANAGE_COHORTS, session.cohort_id):
        try:
            walking_in.enroll_walk_in(actor().person_id, session, form.newcomer())
        except EnrollingRefused:  # nothing was written, and the locks are held still
            pass
        else:
            flash(_("Enrolled, and on the register now."))
            return
    walking_in.note_walk_in(actor().person_id, session, form.newcomer())
    flash(_("On the register now. The minutes count once an administrator accepts the application."))


def _visit(session: TrainingSession, form: WalkInForm) -> None:
    walking_in.note_visitor(actor().person_id, session, form.newcomer())
    flash(_("On the register now, as a visitor. It earns nothing."))


def _seat(session: TrainingSession) -> None:
    """A seat for an enrollment of this cohort or of another in the actor's scope; anything else answers 404."""
    try:
        enrollment_id = id_or_none(request.form["enrollment_id"]) or abort(404)
        load_enrollment(enrollment_id, Permission.TAKE_ATTENDANCE)
        walking_in.seat_visitor(actor().person_id, session, enrollment_id)
    except (NoVisitor, ValueError):
        abort(404)
    flash(_("On the register now."))


def _refused(session: TrainingSession, cohort: Cohort, form: WalkInForm, problem: str | None = None) -> str:
    db.session.rollback()
    return _page(session, cohort, form, problem)


def _page(session: TrainingSession, cohort: Cohort, form: WalkInForm, problem: str | None = None) -> str:
    term = request.args.get("q", "").replace("\x00", "").strip()[:100]
    cohort_ids = actor().cohort_ids(Permission.TAKE_ATTENDANCE)
    return render_template(
        "attendance/add_walk_in.html",
        session=session,
        cohort=cohort,
        form=form,
        problem=problem,
        term=term,
        applicants=applicants(session),
        found=find_visitors(session, term, cohort_ids, actor().person_id) if term else (),
        is_open=is_open(session),
        opens_at=opens_at(session),
        enrolls=actor().may_in(Permission.MANAGE_COHORTS, cohort.id),
    )
