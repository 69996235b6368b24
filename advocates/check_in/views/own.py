"""A person checks in by the code in the room, and sees the personal code that a kiosk asks for."""

import uuid
from collections.abc import Mapping, Sequence

from flask import flash, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.check_in import arriving, personal_codes, queries
from advocates.check_in.forms import CodeForm, request_key
from advocates.check_in.queries import Place
from advocates.check_in.room_codes import NoSuchCode, find_place, seal_opening
from advocates.check_in.rules import Direction, Event, Means, clean_code
from advocates.check_in.views import blueprint
from advocates.cohorts.scope import load_enrollment
from advocates.database import db, start_writing
from advocates.formatting import clock_time
from advocates.idempotency import commit_and_redirect
from advocates.people import signing_in


@blueprint.route("/check-in", methods=["GET", "POST"])
@requires(Permission.CHECK_IN)
def check_in() -> tuple[str, int] | Response:
    """A scanned code opens the page with `?code=`: then one button is left to press, and only that judges the code."""
    places = queries.own_places(actor().person_id)
    if request.method == "GET":
        return _open(places, request.args.get("code", ""), request.args.get("way"))
    form = CodeForm.of_request()
    found = _find(places, form) if form.validate() and not _is_refused(places, form) else None
    if found is None:
        return _page(places, form), 422
    try:
        event = arriving.check_in(*found, Means.CODE, request_key())
    except arriving.CheckInClosed:
        db.session.rollback()
        form.code.errors = [_("The session is over or was signed off. Your trainer can still note you.")]
        return _page(places, form), 409
    flash(_told(found[0], event))
    return commit_and_redirect("check_in.check_in")


@blueprint.route("/my-code", methods=["GET", "POST"])
@requires(Permission.CHECK_IN)
def show_my_code() -> str | Response:
    """The personal code, shown to its person alone; POST makes a new one."""
    if request.method == "POST":
        personal_codes.make_code(actor().person_id, actor().person_id)
        return commit_and_redirect("check_in.show_my_code")
    return render_template("check_in/show_my_code.html", code=queries.personal_code(actor().person_id))


@blueprint.post("/enrollments/<uuid:enrollment_id>/personal-code")
@requires(Permission.TAKE_ATTENDANCE)
def renew_code(enrollment_id: uuid.UUID) -> Response:
    """For somebody whose code became known to others; staff never see the new one."""
    row = load_enrollment(enrollment_id, Permission.TAKE_ATTENDANCE)
    personal_codes.make_code(actor().person_id, row.enrollment.person_id)
    flash(_("There is a new personal code; the old one works no more. The person finds it under “My code”."))
    return commit_and_redirect("overview.show_enrollment", enrollment_id=enrollment_id)


def _open(places: Sequence[Place], scanned: str, way: str | None) -> tuple[str, int]:
    """The page with a field, or with a button for what was scanned. Whether that is right is not told here: nothing is
    written, so guesses could not be counted."""
    form = CodeForm(code=scanned)
    if clean_code(scanned) is None:
        form.code.data = ""
        return _page(places, form), 200
    if _is_refused(places, form):
        return _page(places, form), 422
    form.opening.data = seal_opening(actor().person_id, scanned)
    return _page(places, form, is_scanned=True, way=way), 200


def _is_refused(places: Sequence[Place], form: CodeForm) -> bool:
    """Whether no code is taken now, with the sentence at the field. Guessing is slowed down."""
    if not places:
        message = _(
            "No session of yours is near. Checking in is open from 30 minutes before it until 30 minutes after."
        )
        form.code.errors = [message]
    elif signing_in.is_throttled(_limits()):
        form.code.errors = [_("Too many wrong codes. Wait five minutes, or tell your trainer that you are here.")]
    return bool(form.code.errors)


def _find(places: Sequence[Place], form: CodeForm) -> tuple[Place, Direction] | None:
    """What the code means for this person; else the sentence at the field, and the guess is counted."""
    try:
        return find_place(places, form.code.data or "", form.opening.data or "")
    except NoSuchCode:
        start_writing(db.session)
        signing_in.note_failure(_limits())
        form.code.errors = [_("This code is not shown now. Scan or type the one that you see in the room.")]
        return None


def _limits() -> Mapping[str, int]:
    return signing_in.throttle("check in", str(actor().person_id), request.remote_addr or "")


def _told(place: Place, event: Event) -> str:
    """What the server recorded, in the session's own time."""
    time = clock_time(event.at, place.session.time_zone)
    if event == place.last:
        return _("Nothing was changed: this was recorded at %(time)s already.", time=time)
    return _("Recorded at %(time)s.", time=time)


def _page(places: Sequence[Place], form: CodeForm, is_scanned: bool = False, way: str | None = None) -> str:
    return render_template("check_in/check_in.html", places=places, form=form, is_scanned=is_scanned, direction=way)
