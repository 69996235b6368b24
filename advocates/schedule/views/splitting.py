"""Making two sessions of one."""

import uuid
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from advocates.access import Permission, actor, requires
from advocates.schedule import changing, splitting
from advocates.schedule.forms import SplitForm
from advocates.schedule.forms.rows import complain
from advocates.schedule.holding import OnlyKnowingly
from advocates.schedule.models import TrainingSession
from advocates.schedule.overlaps import SessionsOverlap
from advocates.schedule.queries import SessionRow, session_with_segments
from advocates.schedule.rules import even_split, instant_of
from advocates.schedule.scope import load_session
from advocates.schedule.views import blueprint
from advocates.schedule.views.refusals import OBSTACLES, explain_holding, overlap_sentence
from advocates.schedule.views.sessions import Answer, done, session_page, typed_when, typed_where, where_typed

DAY = timedelta(days=1)


@blueprint.route("/sessions/<uuid:session_id>/split", methods=["GET", "POST"])
@requires(Permission.MANAGE_COHORTS)
def split_session(session_id: uuid.UUID) -> Answer:
    session, cohort = load_session(session_id, Permission.MANAGE_COHORTS)
    row = session_with_segments(session_id)
    form = SplitForm.of_request(**typed_where(session), **_proposal(session, row))
    problem = None
    if form.is_submitted_and_valid():
        try:
            told = _split(session, form)
        except splitting.CannotSplit:
            complain(form.at, _("Both halves must teach something: type a time inside the session."))
        except SessionsOverlap as refusal:
            complain(form.starts, overlap_sentence(refusal, session.time_zone))
        except OnlyKnowingly as refusal:
            explain_holding(refusal, form.day, form.room)
        except changing.SessionLocked as refusal:
            problem = OBSTACLES[refusal.obstacle]
        else:
            return done(_("The session is split in two."), told, cohort)
    return session_page("schedule/split_session.html", session, cohort, form, problem, row=row)


def _split(session: TrainingSession, form: SplitForm) -> int:
    return splitting.split_session(
        actor().person_id,
        session.id,
        form.data["seen_version"],
        _instant_inside(session, form),
        form.starts_at(session.time_zone),
        where_typed(form),
        is_held_anyway=form.data["is_held_anyway"],
    )


def _instant_inside(session: TrainingSession, form: SplitForm) -> datetime:
    """The time that was typed, on the day on which the session reaches it: past midnight that is the next."""
    first_day: date = session.planned_start.astimezone(ZoneInfo(session.time_zone)).date()
    at = instant_of(first_day, form.data["at"], session.time_zone)
    return at if at > session.planned_start else instant_of(first_day + DAY, form.data["at"], session.time_zone)


def _proposal(session: TrainingSession, row: SessionRow | None) -> dict[str, object]:
    """Cut between two parts near the middle; the second half at the same time on the next day."""
    when = typed_when(session)
    local = session.planned_start.astimezone(ZoneInfo(session.time_zone))
    cut = even_split(row.planned) if row else None
    at = cut.astimezone(ZoneInfo(session.time_zone)).time() if cut else None
    return when | {"day": (local + DAY).date(), "at": at}
