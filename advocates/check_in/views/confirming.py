"""What people's check-ins propose, confirmed as marks by the trainer."""

import uuid
from collections.abc import Mapping
from typing import Any

from flask import flash, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from advocates import clock
from advocates.access import Permission, actor, requires
from advocates.attendance.forms import Complaints
from advocates.attendance.open_register import RegisterClosed, is_open
from advocates.attendance.queries import roster
from advocates.attendance.views.refusals import refuse_cancelled, sentence_of
from advocates.check_in import confirming, kiosks, queries
from advocates.check_in.confirming import Confirmed
from advocates.check_in.forms import ticks_of
from advocates.check_in.views import blueprint
from advocates.cohorts.models import Cohort
from advocates.database import db
from advocates.idempotency import commit_and_redirect
from advocates.schedule.models import TrainingSession
from advocates.schedule.scope import load_session


@blueprint.route("/sessions/<uuid:session_id>/check-ins", methods=["GET", "POST"])
@requires(Permission.TAKE_ATTENDANCE)
def confirm_check_ins(session_id: uuid.UUID) -> str | tuple[str, int] | Response:
    session, cohort = load_session(session_id, Permission.TAKE_ATTENDANCE)
    refuse_cancelled(session)
    if request.method == "GET":
        return _page(session, cohort)
    ticks = ticks_of([person.enrollment_id for person in roster(session)])
    if not ticks:
        return _page(session, cohort, problem=_("Nobody is ticked. Tick whose marks you confirm.")), 422
    try:
        confirmed = confirming.confirm_check_ins(actor().person_id, session, ticks)
    except RegisterClosed as refusal:
        db.session.rollback()
        return _page(session, cohort, problem=sentence_of(refusal)), 409
    if notes := _notes(confirmed):
        db.session.commit()
        return _page(session, cohort, notes=notes, ticked=()), 409
    marked = len(confirmed.saved.marked)
    flash(ngettext("%(num)s mark is confirmed.", "%(num)s marks are confirmed.", marked))
    return commit_and_redirect("check_in.confirm_check_ins", session_id=session_id)


def _notes(confirmed: Confirmed) -> Mapping[uuid.UUID, str]:
    """Whose mark was not stored, and why, by enrollment."""
    notes = {
        key: _("Recorded otherwise in the meantime. Compare, then tick again.") for key in confirmed.saved.conflicts
    }
    notes |= {key: _("Checked in or out in the meantime. Look again.") for key in confirmed.outdated}
    return notes | {key: _(error.message, **error.values) for key, error in confirmed.saved.refused.items()}


def _page(session: TrainingSession, cohort: Cohort, **more: Any) -> str:
    """The list; `ticked` are the enrollments whose box is ticked, or None for those that are suggested."""
    defaults: dict[str, Any] = {"problem": None, "notes": {}, "ticked": None, "form": Complaints()}
    return render_template(
        "check_in/confirm_check_ins.html",
        session=session,
        cohort=cohort,
        rows=confirming.build_rows(session, actor().person_id),
        is_open=is_open(session),
        may_prepare=kiosks.may_prepare(session),
        is_over=clock.now() >= session.planned_end,
        kiosks=queries.kiosks_at(session.id),
        may_start_kiosk=kiosks.may_start(session),
        **(defaults | more),
    )
