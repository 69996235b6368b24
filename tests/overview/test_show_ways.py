"""The page that tells one person what would complete their hours: days, places, activities, and what is booked."""

import json
import re
import uuid
from datetime import date

import pytest

from advocates import clock
from advocates.attendance.booking import book_seat
from advocates.cohorts.models import Cohort
from advocates.cohorts.queries import find_enrollment
from advocates.curriculum.queries import modules_of
from advocates.database import db
from tests.budgets import statements
from tests.factories.attendance import make_mark, make_signed_off
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.curriculum import make_version
from tests.factories.make_ups import make_proposal, make_version_with_activities
from tests.factories.people import make_person
from tests.factories.schedule import make_session
from tests.overview.conftest import figures_on, words_on
from tests.room import make_room

SATURDAY = date(2026, 10, 24)
HOURS = 2400


@pytest.fixture
def room(app, time):
    """After the first evening, which the first of three people missed: two modules of 85 minutes each."""
    time.set("20:31")
    room = make_room(3, make_version_with_activities())
    make_signed_off(room.session, room.trainer, absent=room.trainees[:1])
    return room


@pytest.fixture
def missed(room):
    return room.trainees[0]


@pytest.fixture
def address(missed):
    return f"/enrollments/{missed.id}/ways"


def elsewhere(room, segments=((0, 0, 85), (1, 0, 85)), day=SATURDAY, **columns):
    cohort = make_cohort(room.version, **columns)
    return make_session(cohort, day, "09:00", segments, room="Room 9")


def make_version_with_rule(rule):
    """All of its modules have activities; with one rule more or another."""
    version = make_version(is_published=False)
    for module in modules_of(version.id):
        module.equivalent_activity = "Case exercises with a trainer"
    version.rules = json.dumps(json.loads(version.rules) | json.loads(f"{{{rule}}}"))
    db.session.flush()
    version.published_at = clock.now()
    db.session.commit()
    return version


def test_somebody_who_missed_nothing_is_told_that_all_is_well(see, room):
    there = room.trainees[1]
    words = words_on(see(there, f"/enrollments/{there.id}/ways"))
    assert "Everything still needed comes in this cohort’s sessions." in words
    assert "nobody asks why" not in words


def test_what_is_out_of_reach_here_is_told_kindly_with_what_fixes_it(see, room, missed, address):
    # 100 minutes of activities count; 170 were missed.
    words = words_on(see(missed, address))
    assert "For 1 h 10 min no session with a seat is known today." in words
    assert "nothing that is credited is lost" in words
    elsewhere(room, ((0, 0, 85),))
    words = words_on(see(missed, address))
    assert "This cohort alone can no longer complete the hours. What follows does." in words
    assert "Saturday, October 24, 2026 , 9:00 AM – 10:25 AM CDT" in words
    assert "Room 9" in words
    assert "teaches 1 h 25 min of it · 30 seats free" in words
    assert "Case exercises with a trainer" in words
    assert "nobody asks why" in words


def test_the_figures_add_up_to_what_is_required(see, room, missed, address):
    elsewhere(room, ((0, 0, 40),))
    make_proposal(missed, room.trainer, module=1, minutes=(0, 30))
    page = see(missed, address)
    text = page[page.index('<dl class="figures') : page.index("</dl>")]
    minutes = [int(h) * 60 + int(m) for h, m in re.findall(r"<dd>(\d+) h (\d+) min</dd>", text)]
    assert sum(minutes[:-1]) == minutes[-1] == HOURS
    assert "0 h 30 min" in words_on(text)


@pytest.mark.parametrize("hindrance", ["full", "same time", "canceled", "past"])
def test_a_session_that_does_not_help_is_not_named(see, room, missed, address, hindrance, time):
    day = date(2026, 10, 20) if hindrance == "past" else SATURDAY
    session = elsewhere(room, day=day, capacity=1 if hindrance == "full" else 30)
    if hindrance == "full":
        make_enrollment(db.session.get_one(Cohort, session.cohort_id), "Basil Thorne")
    if hindrance == "same time":
        make_session(room.cohort, SATURDAY, "10:00", ((4, 0, 60),))
    if hindrance == "canceled":
        session.cancelled_at = clock.now()
        db.session.commit()
    assert "Room 9" not in see(missed, address)


def test_a_booked_seat_says_where_to_go_here_and_on_the_first_screen(see, room, missed, address):
    session = elsewhere(room)
    book_seat(room.trainer.id, find_enrollment(missed.id), session.id)
    db.session.commit()
    for page in (address, "/"):
        words = words_on(see(missed, page))
        assert "Saturday, October 24, 2026 , 9:00 AM – 11:50 AM CDT Malcolm X College, room 1104, Room 9" in words
    assert "Everything has its place: what was missed is proposed or booked already." in words_on(see(missed, address))
    home = words_on(see(missed))
    assert "Booked in another cohort 2 h 50 min" in home
    assert "Seat booked: Oct 24, 2026, 9:00 AM, " in home
    assert "can no longer" not in home
    assert "ask your trainer" not in home
    # Staff read the same.
    assert "Seats booked in other cohorts" in see(room.trainer, address)


def test_a_part_with_a_seat_for_some_of_it_says_so_and_how_much_is_left(see, room, missed, address):
    session = elsewhere(room, ((0, 0, 40),))
    book_seat(room.trainer.id, find_enrollment(missed.id), session.id)
    db.session.commit()
    page = words_on(see(missed, address))
    assert ": 0 h 45 min Seat booked: Oct 24, 2026, 9:00 AM, " in page
    assert "Seats booked in other cohorts" in page
    assert "0 h 45 min: ask your trainer about a make-up Seat booked: Oct 24, 2026, 9:00 AM, " in words_on(see(missed))
    record = words_on(see(room.trainer, f"/enrollments/{missed.id}"))
    assert "0 h 45 min needs a make-up Seat booked: Oct 24, 2026, 9:00 AM, " in record


def test_what_is_not_scheduled_yet_is_told_here_as_on_the_trainers_page(see, room, missed, address):
    # Of the first module 85 of 90 minutes were taught, and the last five are in no session.
    trainers = f"/enrollments/{missed.id}/make-ups"
    pages = [words_on(see(missed, address)), words_on(see(room.trainer, trainers))]
    title = modules_of(room.version.id)[0].title
    assert f"{title} 0 h 05 min not scheduled yet" in pages[0]
    assert f"{title} 0–90 of 90 1 h 30 min 0 h 05 min not scheduled yet" in pages[1]
    unscheduled = figure_of(pages[0], "Not scheduled yet")
    # Whoever makes them up is told the same as of what was missed.
    make_proposal(missed, room.trainer, minutes=(85, 90))
    pages = [words_on(see(missed, address)), words_on(see(room.trainer, trainers))]
    assert f"{title} 0 h 05 min not scheduled yet" not in pages[0]
    assert f"{title} 0–85 of 90 1 h 25 min" in pages[1]
    assert figure_of(pages[0], "Not scheduled yet") == unscheduled - 5
    assert figure_of(pages[0], "Proposed or booked") == 5
    assert f"{title}: 1 h 25 min" in pages[0]


def figure_of(words, label):
    hours, minutes = re.search(rf"{label} (\d+) h (\d+) min", words).groups()
    return int(hours) * 60 + int(minutes)


def test_the_first_screen_leads_here_only_for_who_owes_something(see, room, missed, address):
    assert f'href="{address}"' in see(missed)
    assert "/ways" not in see(room.trainees[1])


def test_an_activity_for_all_of_it_needs_a_make_up_and_no_alarm(app, see, time):
    time.set("20:31")
    room = make_room(2, make_version_with_activities())
    make_mark(room.session, room.trainees[0], room.trainer, arrived="6:10 pm")
    make_signed_off(room.session, room.trainer)
    late = room.trainees[0]
    home = words_on(see(late))
    assert "A make-up is needed to complete the hours" in home
    assert "can no longer" not in home
    words = words_on(see(late, f"/enrollments/{late.id}/ways"))
    assert "0 h 40 min has no place yet. One make-up or more fixes it" in words
    assert "at risk" not in words
    assert "at risk 0 h 40 min" in words_on(see(room.trainer, f"/enrollments/{late.id}/ways"))


@pytest.mark.parametrize(
    ("rule", "today", "said", "alarm"),
    [
        ('"make_up_limits":{"within_days":3}', date(2026, 10, 30), "0 h 40 min no session with a seat is known", True),
        ('"make_up_limits":{"most_minutes":90}', date(2026, 10, 30), "One make-up or more fixes it", False),
        ('"completion_window_days":17', date(2026, 10, 30), "One make-up or more fixes it", False),
        ('"completion_window_days":16', date(2026, 10, 30), "1 h 25 min no session with a seat is known", True),
        ('"completion_window_days":10', date(2026, 10, 30), "no session with a seat is known", True),
    ],
)
def test_the_first_screen_says_of_limits_and_of_the_window_what_this_page_says(
    app, see, time, rule, today, said, alarm
):
    time.set("20:31")
    version = make_version_with_rule(rule)
    room = make_room(2, version)
    make_mark(room.session, room.trainees[0], room.trainer, arrived="6:10 pm")
    make_signed_off(room.session, room.trainer)
    late = room.trainees[0]
    make_session(room.cohort, date(2026, 11, 5), "09:00", ((2, 0, 85),))
    time.set("12:00", today)
    home, words = words_on(see(late)), words_on(see(late, f"/enrollments/{late.id}/ways"))
    assert said in words
    assert ("can no longer complete the hours" in home) == alarm
    assert ("A make-up is needed to complete the hours" in home) != alarm
    may = "may fix" if alarm or "most_minutes" in rule else "fixes"
    assert f"A make-up {may} it" in home
    assert ("1 h 25 min is taught only after" in home) == (alarm and "window" in rule)


def test_staff_are_led_to_proposing_and_the_person_is_not(see, room, missed, address):
    assert f"/enrollments/{missed.id}/make-ups" in see(room.trainer, address)
    assert "/make-ups" not in see(missed, address)


def test_figures_agree_with_the_record(see, room, missed, address):
    record = figures_on(see(missed, f"/enrollments/{missed.id}"))
    assert record["missed"] == 170
    assert "Possible elsewhere 1 h 40 min No way known yet 1 h 10 min" in words_on(see(missed, address))


def test_a_stranger_is_sent_to_sign_in(client, address):
    assert client.get(address).location.startswith("/sign-in")


@pytest.mark.parametrize(("role", "status"), [("trainee", 404), ("trainer", 404), ("auditor", 403)])
def test_others_are_refused(app, address, role, status):
    client = app.test_client().sign_in(make_person("Nuno Farrow", roles=[role], cohort_id=make_cohort().id).id)
    assert client.get(address).status_code == status
    assert client.get(f"/enrollments/{uuid.uuid4()}/ways").status_code == (403 if status == 403 else 404)


def test_somebody_not_in_training_has_nothing_to_make_up(see, room, administrator):
    applicant = make_enrollment(room.cohort, "Zofia Kern", status="applied")
    assert "There is nothing to make up" in see(administrator, f"/enrollments/{applicant.id}/ways")


def test_it_is_only_read(app, missed, address):
    assert app.test_client().sign_in(missed.person_id).post_form(address).status_code == 405


def test_the_first_screen_costs_who_owes_something_nothing_more(app, room, missed):
    elsewhere(room)
    client = app.test_client().sign_in(missed.person_id)
    with statements() as sent:
        assert "See the days that fix it" in client.get("/").text
    assert len(sent) == 1 + 9  # as of anybody else: tests/overview/test_home.py


@pytest.mark.parametrize("sessions", [1, 3, 30])
def test_the_page_costs_the_same_however_many_sessions(app, room, missed, address, sessions):
    cohort = make_cohort(room.version)
    for n in range(sessions):
        make_session(cohort, date(2026, 11, 1 + n % 28), f"{9 + n // 28 * 4:02}:00", ((0, 0, 85), (1, 0, 85)))
    client = app.test_client().sign_in(missed.person_id)
    with statements() as sent:
        assert client.get(address).status_code == 200
    # The sign-in; the enrollment, the person, the version, the ledger, make-ups; transfers, sessions ahead and their
    # agendas; sessions elsewhere and theirs.
    assert len(sent) == 1 + 10
