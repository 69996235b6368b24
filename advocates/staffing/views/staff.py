"""Who teaches a session."""

import uuid
from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from flask import flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.formatting import clock_span, day
from advocates.idempotency import commit_and_redirect
from advocates.schedule.queries import SessionRow
from advocates.schedule.scope import load_session
from advocates.schedule.views.overview import Note, adds_notes
from advocates.staffing import assigning
from advocates.staffing.forms import GuestForm, StaffForm
from advocates.staffing.queries import Around, bookings_around, candidates, staff_of
from advocates.staffing.rules import Clash, clashes
from advocates.staffing.views import blueprint


@blueprint.route("/sessions/<uuid:session_id>/staff", methods=["GET", "POST"])
@requires(Permission.MANAGE_COHORTS)
def assign_staff(session_id: uuid.UUID) -> tuple[str, int] | Response:
    session, cohort = load_session(session_id, Permission.MANAGE_COHORTS)
    people = candidates(cohort.id)
    form = StaffForm.of_request(person_ids=staff_of(session_id)).choose_from(people)
    problems: Sequence[str] = ()
    if form.is_submitted_and_valid():
        try:
            booked_anyway = {"is_booked_anyway": form.is_booked_anyway.data}
            assigning.assign_staff(actor().person_id, session_id, form.person_ids.data or [], **booked_anyway)
        except assigning.NoCandidate:
            problems = [_("Somebody you chose no longer trains this cohort. Choose again.")]
        except assigning.BookedTwice as refusal:
            problems = [clash_sentence(clash, refusal.around) for clash in refusal.found]
        else:
            flash(_("Saved who teaches the session."))
            return commit_and_redirect("schedule.show_schedule", cohort_id=cohort.id)
    on_day = session.planned_start.astimezone(ZoneInfo(session.time_zone)).date()
    shown = {"session": session, "cohort": cohort, "people": people, "on_day": on_day, "guest_form": GuestForm()}
    page = render_template("staffing/assign_staff.html", form=form, problems=problems, **shown)
    return page, 409 if problems else 422 if form.errors else 200


@blueprint.post("/sessions/<uuid:session_id>/guest-speakers")
@requires(Permission.MANAGE_COHORTS)
def add_guest(session_id: uuid.UUID) -> Response:
    load_session(session_id, Permission.MANAGE_COHORTS)
    form = GuestForm.of_request()
    if form.validate():
        names_trainers = assigning.book_new_guest(actor().person_id, session_id, form.data["name"])
        flash(_("The guest speaker is added and booked for this session."))
        if names_trainers:
            flash(_("The cohort's trainers are named beside them. Untick whoever does not come."))
    else:
        flash(" ".join(str(error) for error in form.name.errors), "warning")
    return commit_and_redirect("staffing.assign_staff", session_id=session_id)


def clash_sentence(clash: Clash, around: Around) -> str:
    """Who or what is needed elsewhere at the same time."""
    start, end, zone = around.times[clash.other_id]
    when = f"{day(start, zone)}, {clock_span(start, end, zone)}"
    values = {"cohort": around.cohorts[clash.other_id], "when": when}
    if isinstance(clash.held, uuid.UUID):
        name = around.names.get(clash.held, _("Somebody chosen"))
        return _("%(name)s also teaches %(cohort)s at that time: %(when)s.", name=name, **values)
    return _("The same room is also used by %(cohort)s at that time: %(when)s.", **values)


@adds_notes
def notes_of(sessions: Sequence[SessionRow]) -> Mapping[uuid.UUID, Note]:
    """Who is named for each session, and what is booked twice. Two statements."""
    standing = [row.id for row in sessions if row.cancelled_at is None]
    if not standing:
        return {}
    around = bookings_around(standing)
    found = clashes(around.bookings)
    return {
        session_id: Note(
            staff=[around.names[person_id] for person_id in around.staff.get(session_id, ())],
            warnings=[clash_sentence(clash, around) for clash in found.get(session_id, ())],
        )
        for session_id in standing
    }
