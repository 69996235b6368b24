"""Signing off: delivered times are confirmed, minutes credited, the register locked."""

import uuid
from datetime import date

import pytest
from sqlalchemy import func, select

from advocates import clock
from advocates.attendance.queries import load_register
from advocates.audit.checking import check_chain
from advocates.audit.models import AuditValue
from advocates.database import db
from advocates.hours.models import CreditEntry
from advocates.hours.queries import balances
from advocates.schedule.models import AgendaSegment, TrainingSession
from advocates.staffing.assigning import add_guest, assign_staff
from tests.budgets import statements
from tests.factories.attendance import make_mark, make_seat, make_signed_off
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.people import make_person
from tests.factories.schedule import local, make_session
from tests.room import DAY, make_room


@pytest.fixture
def address(room):
    return f"/sessions/{room.session.id}/sign-off"


@pytest.fixture
def marked(room):
    """The room with everybody marked as there throughout."""
    for trainee in room.trainees:
        make_mark(room.session, trainee, room.trainer)
    return room


def segments_of(room):
    return db.session.scalars(
        select(AgendaSegment).filter_by(session_id=room.session.id).order_by(AgendaSegment.planned_start)
    ).all()


def credited(room):
    return [balances([t.id])[t.id].credited_minutes for t in room.trainees]


def is_untouched(room):
    session = db.session.get_one(TrainingSession, room.session.id)
    entries = db.session.scalar(select(func.count()).select_from(CreditEntry))
    return (session.signed_off_at, session.signed_off_by, entries) == (None, None, 0)


def test_the_page_offers_the_planned_times_of_every_part(as_trainer, address, marked):
    page = as_trainer.get(address).text
    assert page.count('value="6:55 PM"') == 2
    assert "Break" in page
    assert "Sign off and credit the minutes" in page


def test_signing_off_credits_and_locks(as_trainer, address, marked):
    response = as_trainer.post_form(address, {"agenda_version": 1})
    assert response.status_code == 303
    assert response.location == marked.address
    assert credited(marked) == [170, 170, 170]
    session = db.session.get_one(TrainingSession, marked.session.id)
    assert (session.signed_off_by, session.signed_off_at) == (marked.trainer.id, clock.now())
    assert [s.delivered_end for s in segments_of(marked)] == [s.planned_end for s in segments_of(marked)]


def test_only_the_delivered_minutes_are_credited(as_trainer, address, marked):
    first, _pause, second = segments_of(marked)
    as_trainer.post_form(
        address,
        {"agenda_version": 1, f"{first.id}-start": "5:40", f"{first.id}-end": "6:50", f"{second.id}-end": "8:15 pm"},
    )
    assert credited(marked) == [70 + 70] * 3
    # The first part began its slice ten minutes late: it taught minutes 0 to 70.
    slices = db.session.execute(select(CreditEntry.from_minute, CreditEntry.to_minute).distinct()).all()
    assert [tuple(s) for s in slices] == [(0, 70)]


def test_a_preview_shows_the_minutes_as_typed_and_signs_nothing(as_trainer, address, marked):
    first, _pause, _second = segments_of(marked)
    typed = {"agenda_version": 1, "ended": "7:20", f"{first.id}-start": "5:40", "preview": "1"}
    page = as_trainer.post_form(address, typed)
    assert page.status_code == 200
    assert "As typed, 1 h 30 min were taught. Nothing is signed off yet." in page.text
    assert "as typed: 1 h 15 min" in page.text
    assert "as typed: 0 h 15 min" in page.text
    assert 'value="7:20"' in page.text
    assert is_untouched(marked)


def test_a_preview_of_a_class_that_ran_over_shows_the_later_end(as_trainer, address, marked, late_class):
    page = as_trainer.post_form(address, late_class | {"preview": "1"})
    assert "As typed, 2 h 50 min were taught" in page.text
    assert is_untouched(marked)


def test_a_preview_of_times_that_cannot_be_is_refused(as_trainer, address, marked):
    page = as_trainer.post_form(address, {"agenda_version": 1, "ended": "4:00 pm", "preview": "1"})
    assert page.status_code == 422
    assert 'id="ended-error"' in page.text
    assert is_untouched(marked)


def test_a_class_that_ended_early_cuts_every_later_part(as_trainer, address, marked):
    as_trainer.post_form(address, {"agenda_version": 1, "ended": "7:00"})
    assert credited(marked) == [85] * 3
    second = segments_of(marked)[2]
    assert second.delivered_start == second.delivered_end


@pytest.fixture
def late_class(marked, time):
    """It began ten minutes late and ran ten minutes over: what the form says of it. One person left at 8:10."""
    time.set("20:45")
    make_mark(marked.session, marked.trainees[2], marked.trainer, left="8:10 pm")
    first, pause, second = segments_of(marked)
    return {
        "agenda_version": 1,
        "ended": "8:40",
        f"{first.id}-start": "5:40",
        f"{first.id}-end": "7:05",
        f"{pause.id}-start": "7:05",
        f"{pause.id}-end": "7:15",
        f"{second.id}-start": "7:15",
        f"{second.id}-end": "8:40",
    }


def test_a_class_that_ran_over_credits_those_who_stayed(app, as_trainer, address, marked, late_class):
    assert as_trainer.post_form(address, late_class).status_code == 303
    assert credited(marked) == [170, 170, 85 + 55]
    register = load_register(db.session.get_one(TrainingSession, marked.session.id))
    ends = [register.current(trainee.id).content.presences[-1].end for trainee in marked.trainees]
    assert ends == [local(DAY, "20:40"), local(DAY, "20:40"), local(DAY, "20:10")]
    assert register.window.end == local(DAY, "20:40")
    [value] = db.session.scalars(select(AuditValue).filter_by(field="planned_end"))
    assert (value.before[11:16], value.after[11:16]) == ("01:30", "01:40")
    assert check_chain()[1] is None
    assert app.test_cli_runner().invoke(args=["hours", "check"]).output.endswith(" 0 differences\n")


def test_a_correction_keeps_the_later_end(as_trainer, address, marked, late_class):
    as_trainer.post_form(address, late_class)
    trainee = marked.trainees[0]
    fields = marked.row(trainee, version=2, outcome="present", arrived="5:50") | {"reason": "typed_wrong"}
    assert as_trainer.post_form(f"{marked.address}/{trainee.id}", fields).status_code == 303
    assert credited(marked)[0] == 160


@pytest.mark.parametrize("ended", ["8:46", "10:31 pm", "5:20"])
def test_an_end_that_cannot_be_is_refused(as_trainer, address, marked, late_class, ended):
    answer = as_trainer.post_form(address, late_class | {"ended": ended})
    assert answer.status_code == 422
    assert 'id="ended-error"' in answer.text
    assert is_untouched(marked)
    assert db.session.get_one(TrainingSession, marked.session.id).planned_end == marked.session.planned_end


def test_nobody_stays_where_they_are_marked_elsewhere(as_trainer, address, marked, late_class, administrator):
    other = make_session(make_cohort(marked.version), starts="20:30")
    make_seat(other, marked.trainees[0], "guest")
    make_mark(other, marked.trainees[0], administrator)
    answer = as_trainer.post_form(address, late_class)
    assert answer.status_code == 422
    assert "at the same time" in answer.text
    assert is_untouched(marked)


def test_unmarked_people_are_listed_and_block_it(as_trainer, address, room):
    make_mark(room.session, room.trainees[0], room.trainer)
    page = as_trainer.get(address).text
    assert "2 people are unmarked" in page
    assert "Nguyễn Thị Hạnh" in page
    assert "Sign off and credit" not in page
    refused = as_trainer.post_form(address, {"agenda_version": 1})
    assert refused.status_code == 409
    assert "2 people are unmarked" in refused.text
    assert is_untouched(room)


def test_could_not_be_established_is_a_mark_without_credit(as_trainer, address, room):
    unclear, *others = room.trainees
    make_mark(room.session, unclear, room.trainer, "not_established")
    for trainee in others:
        make_mark(room.session, trainee, room.trainer)
    assert as_trainer.post_form(address, {"agenda_version": 1}).status_code == 303
    assert credited(room) == [0, 170, 170]


@pytest.mark.parametrize(
    ("part", "times", "sentence"),
    [
        (0, {"start": "4:00 pm"}, "4:00 PM is outside the session"),
        (0, {"start": "6:50", "end": "6:40"}, "The end must not be before the start"),
        (0, {"end": "7:20"}, "This part overlaps the one before it"),
        (2, {"end": "late"}, "late is not a time"),
    ],
)
def test_times_that_cannot_be_are_refused_at_their_part(as_trainer, address, marked, part, times, sentence):
    segment = segments_of(marked)[part]
    fields = {f"{segment.id}-{name}": value for name, value in times.items()}
    page = as_trainer.post_form(address, {"agenda_version": 1, **fields})
    assert page.status_code == 422
    assert sentence in page.text
    for value in times.values():
        assert f'value="{value}"' in page.text
    assert is_untouched(marked)


def test_what_is_still_to_come_is_not_delivered(as_trainer, address, marked, time):
    time.set("20:12")
    page = as_trainer.get(address).text
    assert "This class is planned until 8:30 PM. Sign it off when it is over" in page
    assert 'id="ended" maxlength="20" autocomplete="off" inputmode="numeric"\n      value=""' in page
    page = as_trainer.post_form(address, {"agenda_version": 1})
    assert page.status_code == 422
    assert page.text.count("8:30 PM is still to come. Sign off when the class is over") == 2
    assert is_untouched(marked)
    assert as_trainer.post_form(address, {"agenda_version": 1, "ended": "8:10"}).status_code == 303


def test_a_session_that_has_not_begun_cannot_be_signed_off(as_trainer, address, room, time):
    time.set("17:00")
    as_trainer.sign_in(room.trainer.id)
    for trainee in room.trainees:
        make_mark(room.session, trainee, room.trainer, "absent")
    assert "has not begun" in as_trainer.get(address).text
    assert as_trainer.post_form(address, {"agenda_version": 1}).status_code == 409
    assert is_untouched(room)


def test_an_agenda_that_changed_is_looked_at_again(as_trainer, address, marked):
    page = as_trainer.post_form(address, {"agenda_version": 2})
    assert page.status_code == 409
    assert "agenda changed" in page.text
    assert is_untouched(marked)


def test_nobody_signs_off_a_session_they_take_part_in(as_trainer, address, marked):
    own = make_enrollment(marked.cohort, person=marked.trainer)
    make_mark(marked.session, own, make_person("Corin Vale"))
    page = as_trainer.post_form(address, {"agenda_version": 1})
    assert page.status_code == 409
    assert "take part in this session yourself" in page.text
    assert is_untouched(marked)


def test_a_trainer_named_for_the_session_signs_it_off(app, as_trainer, address, marked, administrator):
    """Nobody named: any trainer of the cohort. Named: one of those, or an administrator in their place."""
    colleague = make_person("Corin Vale", roles=["trainer"], cohort_id=marked.cohort.id)
    guest = add_guest(administrator.id, "Imre Halvorsen")
    assign_staff(administrator.id, marked.session.id, [guest], is_booked_anyway=False)
    db.session.commit()
    assert "Other trainers teach this session" not in as_trainer.get(address).text
    assign_staff(administrator.id, marked.session.id, [guest, colleague.id], is_booked_anyway=False)
    db.session.commit()
    assert "Other trainers teach this session" in as_trainer.get(address).text
    assert as_trainer.post_form(address, {"agenda_version": 1}).status_code == 409
    colleagues = app.test_client().sign_in(colleague.id)
    assert colleagues.post_form(address, {"agenda_version": 1}).status_code == 303


def test_it_is_signed_once(as_trainer, address, marked):
    fields = {"agenda_version": 1, "request_key": str(uuid.uuid4())}
    assert as_trainer.post_form(address, fields).status_code == 303
    assert as_trainer.post_form(address, fields).status_code == 303
    again = as_trainer.post_form(address, {"agenda_version": 1})
    assert again.status_code == 409
    assert "signed off in the meantime" in again.text
    assert credited(marked) == [170] * 3


def test_a_cancelled_session_is_not_signed_off(as_trainer, address, marked):
    db.session.get_one(TrainingSession, marked.session.id).cancelled_at = clock.now()
    db.session.commit()
    assert as_trainer.get(address).status_code == 409
    assert as_trainer.post_form(address, {"agenda_version": 1}).status_code == 409
    assert is_untouched(marked)


def test_strangers_and_other_roles_are_refused(client, app, address, marked):
    assert client.get(address).location.startswith("/sign-in")
    trainee, other = app.test_client(), app.test_client()
    trainee.sign_in(marked.trainees[0].person_id)
    assert trainee.post_form(address, {"agenda_version": 1}).status_code == 403
    other.sign_in(make_person("Far Away", roles=["trainer"], cohort_id=make_cohort(marked.version).id).id)
    assert other.get(address).status_code == 404
    assert other.post_form(address, {"agenda_version": 1}).status_code == 404
    assert is_untouched(marked)


@pytest.mark.parametrize("people", [1, 3, 30])
def test_signing_off_costs_the_same_however_many_people(app, time, people):
    room = make_room(people)
    client = app.test_client()
    client.sign_in(room.trainer.id)
    client.post_form(room.address, {"everyone": "1"})
    address = f"/sessions/{room.session.id}/sign-off"
    # sign-in, session, segments, roster, marks, check-ins, who signs it off
    with statements() as sent:
        client.get(address)
    assert len(sent) <= 1 + 6, sent
    # sign-in, request key (its lock on PostgreSQL), session, locked session, roster, marks, who signs it off, segments,
    # their delivered times, the session; eight to recredit; head of the audit chain, entries, head, event, request key
    with statements() as sent:
        assert client.post_form(address, {"agenda_version": 1}).status_code == 303
    assert len(sent) <= 1 + 10 + 8 + 5, sent
    assert set(credited(room)) == {170}


def test_the_daylight_saving_change_inside_a_session_changes_no_minute(app, time):
    from tests.factories.schedule import make_session

    room = make_room(1)
    night = make_session(room.cohort, date(2026, 11, 1), starts="00:30")
    time.set("04:00", date(2026, 11, 1))
    make_signed_off(night, room.trainer)
    assert date(2026, 11, 1) > DAY
    assert credited(room) == [170]
