"""The register: one screen for the whole room."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from advocates import clock
from advocates.attendance.models import AttendanceMark
from advocates.attendance.open_register import opens_at
from advocates.attendance.queries import load_register
from advocates.attendance.rules import Outcome
from advocates.cohorts.moving import withdraw_enrollment
from advocates.cohorts.rules import WithdrawalReason
from advocates.curriculum.delivery import DeliveryMode
from advocates.database import db
from advocates.schedule.changing import Obstacle, SessionLocked, cancel_session, edit_agenda, move_session
from advocates.schedule.models import TrainingSession
from advocates.schedule.rules import CancelReason, PlannedSession
from tests.budgets import statements
from tests.factories.attendance import make_mark, make_seat, make_signed_off
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.people import make_person
from tests.factories.schedule import local, make_session
from tests.room import make_room


def marks_of(trainee):
    return db.session.scalars(
        select(AttendanceMark).filter_by(enrollment_id=trainee.id).order_by(AttendanceMark.version)
    ).all()


def count_marks():
    return db.session.scalar(select(func.count()).select_from(AttendanceMark))


def presence(mark):
    return [(p["start"][11:16], p["end"][11:16]) for p in __import__("json").loads(mark.intervals)]


def test_the_register_names_everybody_and_says_unmarked(as_trainer, room):
    page = as_trainer.get(room.address)
    assert page.status_code == 200
    for name in ("Łucja Wiśniewska", "Nguyễn Thị Hạnh", "محمد العلي"):
        assert name in page.text
    assert page.text.count('data-count="none">3<') == 1


def test_everyone_is_here_marks_only_the_unmarked_with_the_scheduled_interval(as_trainer, room):
    absent, *others = room.trainees
    make_mark(room.session, absent, room.trainer, "absent")
    # A browser sends the rows that nobody touched as well.
    rows = room.row(absent, version=1, outcome="absent")
    for trainee in others:
        rows |= room.row(trainee, arrived="", left="", absences_0_out="", absences_0_back="", mode="in_person")
    response = as_trainer.post_form(room.address, {**rows, "everyone": "1"})
    assert response.status_code == 303
    assert [m.outcome for m in marks_of(absent)] == [Outcome.ABSENT]
    assert [presence(marks_of(t)[0]) for t in others] == [[("22:30", "01:30")]] * 2
    page = as_trainer.get(room.address).text
    assert "2 h 50 min awaiting confirmation" in page


def test_exceptions_are_clock_times_and_come_back_as_typed(as_trainer, room):
    trainee = room.trainees[0]
    fields = room.row(trainee, arrived="5:55", left="8:20 pm", absences_0_out="6:40", absences_0_back="7:00")
    assert as_trainer.post_form(room.address, fields).status_code == 303
    (mark,) = marks_of(trainee)
    assert mark.outcome is Outcome.PRESENT
    assert presence(mark) == [("22:55", "23:40"), ("00:00", "01:20")]
    page = as_trainer.get(room.address).text
    assert "arrived 5:55 PM, out 6:40 PM to 7:00 PM, left 8:20 PM" in page
    # 25 late, 15 of the first module and 5 of the break missed, 10 at the end
    assert "2 h 00 min awaiting confirmation" in page


def test_the_fields_say_how_times_are_typed_and_what_is_not_recorded(as_trainer, room):
    page = " ".join(as_trainer.get(room.address).text.split())
    assert "For example 5:55; 555 and 17:55 work too." in page
    assert "Leave “Back” empty until the person is back." in page
    assert "Absences of 5 minutes or less are not recorded, at the start and the end too." in page
    as_trainer.post_form(room.address, room.row(room.trainees[0], arrived="5:35"))
    assert presence(marks_of(room.trainees[0])[0]) == [("22:30", "01:30")]


def test_who_had_these_parts_before_is_said_to_be_credited_elsewhere(as_trainer, room, time):
    make_signed_off(room.session, room.trainer, absent=room.trainees[:1])
    time.set("20:31", date(2026, 10, 27))
    again = make_session(room.cohort, date(2026, 10, 27))
    make_signed_off(again, room.trainer)
    as_trainer.sign_in(room.trainer.id)
    page = as_trainer.get(f"/sessions/{again.id}/attendance").text
    assert page.count("2 h 50 min already credited elsewhere") == 2
    assert page.count("2 h 50 min <small>credited</small>") == 1
    assert "credited elsewhere" not in as_trainer.get(room.address).text


def test_all_three_outcomes_are_stored(as_trainer, room):
    fields = {}
    for trainee, outcome in zip(room.trainees, ("present", "absent", "not_established"), strict=True):
        fields |= room.row(trainee, outcome=outcome)
    as_trainer.post_form(room.address, fields)
    assert [marks_of(t)[0].outcome.value for t in room.trainees] == ["present", "absent", "not_established"]


def test_untouched_rows_are_not_saved_again(as_trainer, room):
    one, two, _ = room.trainees
    make_mark(room.session, one, room.trainer, arrived="5:55")
    shown = room.row(one, version=1, outcome="present", arrived="5:55 PM", mode="in_person")
    as_trainer.post_form(room.address, {**shown, **room.row(two, outcome="absent")})
    assert len(marks_of(one)) == 1
    assert len(marks_of(two)) == 1


def test_a_bad_time_changes_nothing_and_keeps_all_that_was_typed(as_trainer, room):
    one, two, _ = room.trainees
    fields = {**room.row(one, arrived="4:10", left="8:20"), **room.row(two, outcome="absent")}
    page = as_trainer.post_form(room.address, fields)
    assert page.status_code == 422
    assert "4:10 PM is outside the session. Type a time from 5:30 PM to 8:30 PM." in page.text
    assert f'href="#{one.id}-arrived"' in page.text
    assert 'value="4:10"' in page.text
    assert 'value="8:20"' in page.text
    assert f'value="absent" id="{two.id}-absent" checked' in page.text
    assert count_marks() == 0


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"arrived": "7:00", "left": "6:00"}, "later than the arrival"),
        ({"arrived": "noon"}, "noon is not a time"),
        ({"absences_0_back": "7:00"}, "Type when the person went out"),
        ({"absences_0_out": "7:00", "absences_0_back": "6:50"}, "later than going out"),
        ({"outcome": "absent", "arrived": "6:00"}, "not marked here"),
    ],
)
def test_times_that_contradict_each_other_are_refused_at_the_person(as_trainer, room, fields, sentence):
    page = as_trainer.post_form(room.address, room.row(room.trainees[0], **fields))
    assert page.status_code == 422
    assert sentence in page.text
    assert count_marks() == 0


def test_two_trainers_lose_nothing_and_the_second_chooses(as_trainer, room, app):
    agreed, disputed, untouched = room.trainees
    colleague = make_person("Corin Vale", roles=["trainer"], cohort_id=room.cohort.id)
    make_mark(room.session, disputed, colleague, arrived="5:55")
    make_mark(room.session, untouched, colleague, "absent")
    stale = {**room.row(agreed, outcome="present"), **room.row(disputed, outcome="absent"), **room.row(untouched)}
    page = as_trainer.post_form(room.address, stale)
    assert page.status_code == 409
    assert "As Corin Vale recorded" in page.text
    assert "arrived 5:55 PM" in page.text
    assert [m.outcome.value for m in marks_of(agreed)] == ["present"]
    assert [m.outcome.value for m in marks_of(disputed)] == ["present"]
    assert [m.outcome.value for m in marks_of(untouched)] == ["absent"]

    undecided = room.row(disputed, version=1, outcome="absent", undecided="1")
    assert as_trainer.post_form(room.address, undecided).status_code == 409
    theirs = as_trainer.post_form(room.address, {**undecided, f"{disputed.id}-choice": "theirs"})
    assert theirs.status_code == 303
    assert len(marks_of(disputed)) == 1
    as_trainer.post_form(room.address, {**undecided, f"{disputed.id}-choice": "mine"})
    assert [m.outcome.value for m in marks_of(disputed)] == ["present", "absent"]


def test_two_trainers_who_recorded_the_same_agree(as_trainer, room):
    trainee = room.trainees[0]
    make_mark(room.session, trainee, make_person("Corin Vale"), "absent")
    assert as_trainer.post_form(room.address, room.row(trainee, outcome="absent")).status_code == 303
    assert len(marks_of(trainee)) == 1


def test_a_form_sent_twice_has_one_effect(as_trainer, room):
    fields = {**room.row(room.trainees[0], outcome="present"), "request_key": str(uuid.uuid4())}
    assert as_trainer.post_form(room.address, fields).status_code == 303
    assert as_trainer.post_form(room.address, fields).status_code == 303
    assert count_marks() == 1


def test_a_row_sent_again_under_its_own_key_is_harmless_even_after_a_later_change(as_trainer, room):
    trainee = room.trainees[0]
    fields = room.row(trainee, outcome="present", client_key=str(uuid.uuid4()))
    as_trainer.post_form(room.address, fields)
    as_trainer.post_form(room.address, room.row(trainee, version=1, outcome="absent"))
    assert as_trainer.post_form(room.address, fields).status_code == 303
    assert [m.outcome.value for m in marks_of(trainee)] == ["present", "absent"]


def test_a_mark_for_somebody_outside_the_session_is_refused(as_trainer, room):
    stranger = make_enrollment(make_cohort(room.version), "Odile Brandt")
    page = as_trainer.post_form(
        room.address, {**room.row(stranger, outcome="present"), **room.row(room.trainees[0], outcome="absent")}
    )
    assert page.status_code == 422
    assert "not in this session" in page.text
    assert count_marks() == 0


def test_nobody_is_in_two_overlapping_sessions(as_trainer, room):
    trainee = room.trainees[0]
    elsewhere = make_session(make_cohort(room.version, title="Other room"), starts="18:00")
    make_seat(elsewhere, trainee, "walk_in")
    make_mark(elsewhere, trainee, room.trainer, arrived="7:00")
    page = as_trainer.post_form(room.address, room.row(trainee, outcome="present"))
    assert page.status_code == 422
    assert "marked present in Other room at the same time" in page.text
    assert marks_of(trainee)[-1].session_id == elsewhere.id
    # They changed rooms at seven: no moment is in both.
    assert as_trainer.post_form(room.address, room.row(trainee, left="7:00")).status_code == 303


def test_nobody_marks_themself(as_trainer, room):
    own = make_enrollment(room.cohort, person=room.trainer)
    page = as_trainer.post_form(room.address, room.row(own, outcome="present"))
    assert page.status_code == 422
    assert "Nobody records their own attendance" in page.text
    as_trainer.post_form(room.address, {"everyone": "1"})
    assert count_marks() == 3
    assert marks_of(own) == []


def test_people_who_left_before_are_gone_and_those_who_left_later_stay(as_trainer, room):
    from advocates.cohorts.models import Enrollment, Placement
    from advocates.cohorts.rules import EnrollmentStatus

    for trainee, left in zip(room.trainees, (date(2026, 10, 19), date(2026, 10, 21)), strict=False):
        enrollment = db.session.get_one(Enrollment, trainee.id)
        enrollment.status = EnrollmentStatus.WITHDRAWN
        placement = db.session.scalars(select(Placement).filter_by(enrollment_id=trainee.id)).one()
        placement.started_at, placement.ended_at = local(date(2026, 10, 1), "09:00"), local(left, "09:00")
    make_enrollment(room.cohort, "Applicant Only", status="applied")
    db.session.commit()
    session = db.session.get_one(TrainingSession, room.session.id)
    assert set(load_register(session).people) == {t.id for t in room.trainees[1:]}


def test_who_applied_and_was_not_accepted_was_never_on_the_register(room, administrator):
    applicant = make_enrollment(room.cohort, "Applicant Only", status="applied")
    withdraw_enrollment(administrator.id, applicant.id, WithdrawalReason.NOT_ACCEPTED)
    db.session.commit()
    assert applicant.id not in load_register(room.session).people


def test_a_seat_for_a_make_up_is_free_again_once_its_person_has_left(room, administrator):
    guest = make_enrollment(make_cohort(room.version), "Ilse Marchetti")
    later = make_session(room.cohort, date(2026, 10, 27))
    make_seat(later, guest)
    assert guest.id in load_register(later).people
    withdraw_enrollment(administrator.id, guest.id, WithdrawalReason.OWN_WISH)
    db.session.commit()
    assert guest.id not in load_register(later).people


def test_the_register_opens_an_hour_before_and_not_sooner(as_trainer, room, time):
    time.set("16:29")
    as_trainer.sign_in(room.trainer.id)
    sentence = "Its register opens at 4:30\u202fPM on Tuesday, October 20, 2026."
    assert sentence in as_trainer.get(room.address).text
    refused = as_trainer.post_form(room.address, {"everyone": "1"})
    assert refused.status_code == 409
    assert sentence in refused.text
    assert count_marks() == 0
    time.set("16:30")
    assert sentence not in as_trainer.get(room.address).text
    assert as_trainer.post_form(room.address, {"everyone": "1"}).status_code == 303
    assert count_marks() == 3


def test_an_hour_before_is_an_hour_where_the_clocks_change_in_between(room):
    """On November 1, 2026, 1:30 AM comes twice in Chicago: an hour before 2:15 is the second 1:15."""
    room.session.planned_start = local(date(2026, 11, 1), "02:15")
    assert room.session.planned_start - opens_at(room.session) == timedelta(hours=1)
    assert opens_at(room.session) == datetime(2026, 11, 1, 7, 15, tzinfo=UTC)


def test_a_cancelled_session_has_no_register(as_trainer, room):
    db.session.get_one(TrainingSession, room.session.id).cancelled_at = clock.now()
    db.session.commit()
    assert as_trainer.get(room.address).status_code == 409
    assert as_trainer.post_form(room.address, {"everyone": "1"}).status_code == 409
    assert count_marks() == 0


def test_after_sign_off_the_register_is_locked_and_shows_who_signed(as_trainer, room):
    make_signed_off(room.session, room.trainer, absent=[room.trainees[0]])
    page = as_trainer.get(room.address).text
    assert "Signed off by Bertil Oakes, Oct 20, 2026" in page
    assert page.count("2 h 50 min <small>credited</small>") == 2
    refused = as_trainer.post_form(room.address, room.row(room.trainees[0], version=1, outcome="present"))
    assert refused.status_code == 409
    assert len(marks_of(room.trainees[0])) == 1


def test_an_administrators_sign_off_for_an_absent_trainer_shows(as_administrator, administrator, room):
    make_signed_off(room.session, administrator)
    assert "Ada Quill (administrator, for an absent trainer)" in as_administrator.get(room.address).text


def test_strangers_and_other_roles_are_refused(client, app, room):
    assert client.get(room.address).location.startswith("/sign-in")
    trainee = app.test_client()
    trainee.sign_in(room.trainees[0].person_id)
    assert trainee.get(room.address).status_code == 403
    assert trainee.post_form(room.address, {"everyone": "1"}).status_code == 403
    other = app.test_client()
    other.sign_in(make_person("Far Away", roles=["trainer"], cohort_id=make_cohort(room.version).id).id)
    assert other.get(room.address).status_code == 404
    assert other.post_form(room.address, {"everyone": "1"}).status_code == 404
    assert other.get(f"/sessions/{uuid.uuid4()}/attendance").status_code == 404
    assert count_marks() == 0


@pytest.mark.parametrize("people", [1, 3, 30])
def test_the_register_costs_the_same_however_many_people(app, time, people):
    room = make_room(people)
    client = app.test_client()
    client.sign_in(room.trainer.id)
    # sign-in, session, roster, marks, versions' hours, segments, check-ins
    with statements() as sent:
        client.get(room.address)
    assert len(sent) <= 1 + 6, sent
    fields = {}
    for n, trainee in enumerate(room.trainees):
        fields |= room.row(trainee, **({"arrived": "5:55"} if n % 2 else {"outcome": "present"}))
    # sign-in, request key (its lock on PostgreSQL), session, locked session, roster, marks, locked enrollments,
    # marks elsewhere, head of the audit chain, marks, head, event, request key
    with statements() as sent:
        assert client.post_form(room.address, fields).status_code == 303
    assert len(sent) <= 1 + 13, sent
    assert count_marks() == people
    with statements() as sent:
        client.get(room.address)
    assert len(sent) <= 1 + 6, sent


def test_a_session_with_marks_keeps_its_time_and_takes_place(room, administrator):
    make_mark(room.session, room.trainees[0], room.trainer)
    start, end = room.session.planned_start.astimezone(UTC), room.session.planned_end.astimezone(UTC)
    longer = PlannedSession(start, end + timedelta(minutes=15), DeliveryMode.IN_PERSON, ())
    for change in (
        lambda: move_session(administrator.id, room.session.id, 1, end, "Room 2"),
        lambda: cancel_session(administrator.id, room.session.id, next(iter(CancelReason))),
        lambda: edit_agenda(administrator.id, room.session.id, 1, longer),
    ):
        with pytest.raises(SessionLocked) as refused:
            change()
        assert refused.value.obstacle is Obstacle.HAS_MARKS
        db.session.rollback()
