"""What every cohort's planning rests on: closed days and saved patterns."""

import uuid
from datetime import date, datetime, timedelta

from flask import abort, flash, render_template
from flask_babel import format_date, format_time
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates import clock
from advocates.access import Permission, actor, requires
from advocates.curriculum.labels import DELIVERY_LABELS
from advocates.database import Model, db
from advocates.idempotency import commit_and_redirect
from advocates.schedule import closing, saving
from advocates.schedule.forms import ClosedDaysForm
from advocates.schedule.models import ClosedDay, MeetingPattern
from advocates.schedule.queries import own_closed_days, saved_patterns
from advocates.schedule.rules import Meeting, closed_days, meetings_from_json
from advocates.schedule.views import blueprint
from advocates.schedule.views.refusals import closing_names

AHEAD = timedelta(days=366)
MONDAY = date(2024, 1, 1)


@blueprint.route("/planning", methods=["GET", "POST"])
@requires(Permission.MANAGE_COHORTS)
def show_planning() -> tuple[str, int] | Response:
    form = ClosedDaysForm.of_request()
    if form.is_submitted_and_valid():
        typed = form.data
        last_day = typed["last_day"] or typed["first_day"]
        closing.add_closed_days(actor().person_id, typed["first_day"], last_day, typed["name"])
        flash(_("The closed days are added. Sessions that stand already stay."))
        return commit_and_redirect("schedule.show_planning")
    today = clock.today()
    page = render_template(
        "schedule/show_planning.html",
        form=form,
        own=own_closed_days(today),
        holidays=closed_days(today, today + AHEAD),
        patterns=[(row, meetings_from_json(row.meetings)) for row in saved_patterns()],
        closing_names=closing_names,
        words=_words,
    )
    return page, 422 if form.errors else 200


@blueprint.post("/closed-days/<uuid:closed_day_id>/remove")
@requires(Permission.MANAGE_COHORTS)
def remove_closed_days(closed_day_id: uuid.UUID) -> Response:
    _found(ClosedDay, closed_day_id)
    closing.remove_closed_days(actor().person_id, closed_day_id)
    flash(_("The closed days are removed."))
    return commit_and_redirect("schedule.show_planning")


@blueprint.post("/meeting-patterns/<uuid:pattern_id>/remove")
@requires(Permission.MANAGE_COHORTS)
def remove_pattern(pattern_id: uuid.UUID) -> Response:
    _found(MeetingPattern, pattern_id)
    saving.remove_pattern(actor().person_id, pattern_id)
    flash(_("The pattern is removed. Sessions laid out from it stay."))
    return commit_and_redirect("schedule.show_planning")


def _words(meeting: Meeting) -> str:
    """Tuesday, 5:30 PM – 8:30 PM, in person, room 1104."""
    weekday = format_date(MONDAY + timedelta(days=meeting.weekday), "EEEE")
    starts, ends = (
        format_time(datetime.combine(MONDAY, each), "short", rebase=False) for each in (meeting.starts, meeting.ends)
    )
    where = DELIVERY_LABELS[meeting.delivery_mode], meeting.room, meeting.link
    return ", ".join(filter(None, [weekday, f"{starts} – {ends}", *map(str, where)]))


def _found(kind: type[Model], row_id: uuid.UUID) -> None:
    if db.session.get(kind, row_id) is None:
        abort(404)
