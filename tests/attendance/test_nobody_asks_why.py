"""Nothing asks, stores or shows why somebody was away: columns, forms, reasons, words and pages of attendance."""

import re
from datetime import date

import pytest
from flask_babel import force_locale

from advocates.attendance.forms import RegisterForm
from advocates.attendance.make_up_forms import Decision, DecisionForm, ProposalForm
from advocates.attendance.models import AttendanceMark, MakeUp
from advocates.attendance.rules import CorrectionReason, Outcome
from advocates.attendance.rules.make_ups import DecisionReason
from advocates.audit.wording import ACTIONS, OBJECTS
from advocates.curriculum.rules import MakeUpRoute
from advocates.schedule.models import SeatKind, SessionSeat
from tests.factories.attendance import make_mark, make_signed_off
from tests.factories.make_ups import make_proposal, make_version_with_activities, module_id
from tests.factories.schedule import make_session
from tests.room import make_room

CAUSE = re.compile(
    r"why|cause|excuse|declin|refused to|sick|ill\b|illness|family|emergenc|bereave|medical|doctor|trauma|personal"
    r"|accommodat|absence|absent_|reason",
    re.IGNORECASE,
)
# Where a reason is stored it is of what somebody recorded or decided, from a closed list.
OF_A_RECORD = {"attendance_mark.reason_code", "make_up.reason_code"}
# What the pages say about it: that nobody asks.
SAID = (
    "Never anything about a client or a case, and never why it was missed.",
    "nobody asks why",
    "Nobody asks why",
    "nothing says why",
)


@pytest.mark.parametrize("table", [AttendanceMark, MakeUp, SessionSeat])
def test_no_column_holds_a_cause(table):
    names = {f"{table.__tablename__}.{column.name}" for column in table.__table__.columns}
    assert {name for name in names if CAUSE.search(name)} <= OF_A_RECORD


def test_the_reasons_that_are_stored_say_what_was_recorded_or_decided():
    assert {each.value for each in CorrectionReason} == {
        "typed_wrong",
        "paper_says_otherwise",
        "trainee_asked",
        "other_trainer_saw",
        "added_late",
    }
    assert {each.value for each in DecisionReason} == {
        "not_held",
        "evidence_insufficient",
        "earned_otherwise",
        "entered_by_mistake",
    }


@pytest.mark.parametrize("kind", [Outcome, MakeUpRoute, SeatKind])
def test_no_state_tells_one_absence_from_another(kind):
    assert not [each.value for each in kind if CAUSE.search(each.value)]


def test_no_form_asks_for_a_cause(app):
    with app.test_request_context(), force_locale("en"):
        for form in (ProposalForm(None), DecisionForm(None)):
            for field in form:
                if (type(form), field.name) != (DecisionForm, "reason"):  # why it was refused or taken back
                    assert not CAUSE.search(f"{field.name} {field.label.text}"), field.name
    assert [each.value for each in Decision] == ["approve", "refuse", "reverse"]
    assert not [name for name in vars(RegisterForm) if CAUSE.search(name)]


def test_the_audit_trail_has_no_word_for_it(app):
    with app.test_request_context(), force_locale("en"):
        about = ("make_up", "seat", "mark", "attendance", "walk_in", "visitor")
        words = [str(text) for action, text in ACTIONS.items() if any(each in action for each in about)]
        assert words
        assert not [text for text in words if CAUSE.search(text)]
        assert str(OBJECTS["reason"]) == "reason"  # of a correction, a decision, a change of status


@pytest.fixture
def pages(app, time, sign_in):
    """Every page on which somebody's missed minutes stand, as staff and as the person see them."""
    room = make_room(3, make_version_with_activities())
    missed = room.trainees[0]
    make_mark(room.session, room.trainees[1], room.trainer, left="7:00 pm")
    before = sign_in(room.trainer.id).get(room.address).text
    make_signed_off(room.session, room.trainer, absent=[missed])
    make_session(room.cohort, date(2026, 10, 24), "09:00", ((0, 0, 85),))
    make_proposal(missed, room.trainer, module=1, minutes=(0, 30))
    chosen = f"?module_id={module_id(missed, 0)}&from_minute=0&to_minute=85"
    staff, own = sign_in(room.trainer.id), sign_in(missed.person_id)
    addresses = (
        room.address,
        f"/sessions/{room.session.id}/attendance/{missed.id}",
        f"/enrollments/{missed.id}/make-ups{chosen}",
        "/make-ups",
        f"/cohorts/{room.cohort.id}/forecast",
        f"/enrollments/{missed.id}/ways",
        f"/enrollments/{missed.id}",
        "/",
    )
    shown = [(address, staff.get(address).text) for address in addresses]
    shown += [(address, own.get(address).text) for address in ("/", *addresses[5:7])]
    return [("before sign-off", before), *shown]


def test_every_field_that_people_type_or_choose_is_of_something_else(pages):
    """The names of all controls on those pages."""
    allowed = {"reason"}  # of a correction, a refusal or a reversal: the lists above
    clock_times = re.compile(r"absences-\d+-(out|back)")
    for address, page in pages:
        found = re.findall(r'<(?:input|select|textarea)[^>]*\sname="([^"]+)"', page)
        names = {clock_times.sub(r"\1", name) for name in found}
        assert not {name for name in names if CAUSE.search(name)} - allowed, address


def test_no_page_says_more_than_that_minutes_are_missing(pages):
    for address, page in pages:
        body = re.sub(r"<[^>]*>", " ", page[page.index("<main") : page.index("</main>")])
        for said in SAID:
            body = body.replace(said, "")
        told = re.findall(r"[^.]{0,30}\b(?:excused?|declined|because of|sick|no-show|truant)\b[^.]{0,30}", body, re.I)
        assert not told, (address, told)
