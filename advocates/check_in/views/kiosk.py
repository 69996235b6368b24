"""The screen of a kiosk: one field, big keys, and no name of anybody."""

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates import clock
from advocates.access import Permission, requires
from advocates.check_in import arriving, queries
from advocates.check_in.forms import KioskForm, request_key
from advocates.check_in.guarding import KIOSK, kiosk_of_browser
from advocates.check_in.queries import OpenKiosk, Place
from advocates.check_in.rules import Direction, Event, Means, clean_personal_code, opens_at
from advocates.check_in.views import blueprint
from advocates.database import db, start_writing
from advocates.form_token import cookie_name
from advocates.formatting import clock_time
from advocates.people import signing_in


@blueprint.route("/kiosk", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
def kiosk() -> tuple[str, int] | Response:
    found = kiosk_of_browser()
    if found is None:
        return _ended()
    form = KioskForm.of_request(direction=None)
    if request.method == "GET":
        return _page(found, form), 200
    place = _find(found, form) if form.validate() else None
    if place is None:
        return _page(found, form), 422
    try:
        event = arriving.check_in(place, form.direction.data, Means.KIOSK, request_key(), found.kiosk.id)
    except arriving.CheckInClosed:
        db.session.rollback()
        form.code.errors = [_("Checking in is closed now. Tell the trainer that you are here.")]
        return _page(found, form), 409
    db.session.commit()
    flash(_told(place, event))
    return redirect(url_for("check_in.kiosk"), 303)


def _ended() -> Response:
    """Back to where people sign in."""
    if request.cookies.get(cookie_name(KIOSK)):
        g.kiosk_has_ended = True
        flash(_("The kiosk on this tablet has ended."), "info")
    return redirect(url_for("overview.home"), 303)


def _find(found: OpenKiosk, form: KioskForm) -> Place | None:
    """Whose code it is; else the sentence at the field. Guessing is slowed down for this tablet."""
    limits = signing_in.throttle("kiosk", str(found.kiosk.id), request.remote_addr or "")
    if signing_in.is_throttled(limits):
        form.code.errors = [_("Too many wrong codes here. Wait five minutes, or tell the trainer that you are here.")]
        return None
    code = clean_personal_code(form.code.data or "")
    place = queries.find_by_code(found.session, found.cohort_title, code) if code else None
    if place is None:
        start_writing(db.session)
        signing_in.note_failure(limits)
        form.code.errors = [_("This code is not known here. Type it again, or tell the trainer that you are here.")]
    return place


def _told(place: Place, event: Event) -> str:
    """No name: whoever reads over a shoulder learns nothing, and whose code it is knows it already."""
    time = clock_time(event.at, place.session.time_zone)
    if event == place.last:
        return _("Recorded at %(time)s already. Nothing was changed.", time=time)
    if event.direction is Direction.IN:
        return _("Welcome. Recorded at %(time)s.", time=time)
    return _("Goodbye. Recorded at %(time)s.", time=time)


def _page(found: OpenKiosk, form: KioskForm) -> str:
    session = found.session
    now = clock.now()
    return render_template(
        "check_in/kiosk.html",
        form=form,
        session=session,
        cohort_title=found.cohort_title,
        is_open=queries.is_near_now(session, now) and not session.signed_off_at and not session.cancelled_at,
        opens_at=opens_at(session.planned_start) if now < opens_at(session.planned_start) else None,
    )
