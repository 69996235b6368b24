"""Calendar feeds, single sessions as a file, and the page of one's links."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import time

from flask import Blueprint, Response, abort, current_app, flash, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from advocates import clock
from advocates.access import Permission, actor, requires
from advocates.calendars import linking, queries
from advocates.calendars.forms import LinkForm
from advocates.calendars.models import CalendarLink
from advocates.calendars.rules import Entry, Wording, month_before, month_of, next_month, write_calendar
from advocates.cohorts.queries import list_cohorts
from advocates.database import db
from advocates.formatting import spoken
from advocates.idempotency import commit_and_redirect
from advocates.people.forms import id_in_address
from advocates.schedule.rules import instant_of
from advocates.staffing.queries import bookings_around
from advocates.staffing.rules import clashes

blueprint = Blueprint("calendars", __name__)
TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")


@blueprint.get("/calendar/<token>.ics")
@requires(Permission.PUBLIC)
def show_feed(token: str) -> Response:
    """For calendar programs, which do not sign in: whoever has the address reads it."""
    link = queries.find_link(linking.sha256(token)) if TOKEN.fullmatch(token) else None
    if link is None:
        abort(404)
    of_cohort = queries.entries_of_cohort(link.cohort_id) if link.cohort_id else None
    entries = queries.entries_of_person(link.person_id) if of_cohort is None else of_cohort
    with force_locale(spoken(link.language)):
        return _calendar(entries, "training.ics")


@blueprint.get("/sessions/<uuid:session_id>/session.ics")
@requires(Permission.SIGNED_IN)
def show_entry(session_id: uuid.UUID) -> Response:
    entry = queries.entry_for(session_id, actor().person_id)
    if entry is None:
        abort(404)
    return _calendar([entry], "session.ics")


@blueprint.get("/calendar")
@requires(Permission.SIGNED_IN)
def show_calendar() -> str:
    """A month of what the signed-in person attends or teaches."""
    zone = current_app.config["SETTINGS"].time_zone
    month = month_of(request.args.get("month", ""), clock.today(zone))
    span = [instant_of(day, time(), zone) for day in (month, next_month(month))]
    sessions = queries.own_sessions(actor().person_id, *span)
    around = bookings_around([row.session_id for row in sessions if not row.is_cancelled])
    mine = [booking for booking in around.bookings if booking.session_id in {row.session_id for row in sessions}]
    return render_template(
        "calendars/show_calendar.html",
        month=month,
        before=month_before(month),
        after=next_month(month),
        sessions=sessions,
        twice=clashes(replace(booking, holds=frozenset([actor().person_id])) for booking in mine),
        may_take=lambda cohort_id: actor().may_in(Permission.TAKE_ATTENDANCE, cohort_id),
    )


@blueprint.route("/calendar-links", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def list_links() -> BaseResponse | tuple[str, int]:
    cohorts = list_cohorts(actor().cohort_ids(Permission.VIEW_COHORTS))
    named = id_in_address(request.args.get("cohort_id", ""))
    chosen = named if named in {row.cohort.id for row in cohorts} else None
    form = LinkForm.of_request(cohort_id=chosen).choose_from((row.cohort.id, row.cohort.title) for row in cohorts)
    if form.is_submitted_and_valid():
        linking.create_link(actor().person_id, form.cohort_id.data)
        flash(_("The link is ready. Copy it into your calendar program."))
        return commit_and_redirect("calendars.list_links")
    links = [(link, _address(linking.readable_token(link))) for link in queries.open_links(actor().person_id)]
    zone = current_app.config["SETTINGS"].time_zone
    page = render_template("calendars/list_links.html", form=form, links=links, zone=zone)
    return page, 422 if form.errors else 200


@blueprint.post("/calendar-links/<uuid:link_id>/revoke")
@requires(Permission.SIGNED_IN)
def revoke_link(link_id: uuid.UUID) -> BaseResponse:
    link = db.session.get(CalendarLink, link_id)
    if link is None or link.person_id != actor().person_id:
        abort(404)
    linking.revoke_link(actor().person_id, link)
    flash(_("The link is revoked. Calendars that used it receive nothing new."))
    return commit_and_redirect("calendars.list_links")


def _address(token: str | None) -> str | None:
    path = url_for("calendars.show_feed", token=token) if token else None
    return current_app.config["BASE_ADDRESS"] + path if path else None


def _calendar(entries: Sequence[Entry], file_name: str) -> Response:
    wording = Wording(calendar=_("Training"), entry=_("Training session"))
    settings = current_app.config["SETTINGS"]
    content = write_calendar(entries, wording, settings.host or "localhost", settings.time_zone)
    response = Response(content, mimetype="text/calendar")
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response
