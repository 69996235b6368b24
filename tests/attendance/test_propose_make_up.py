"""Proposing a make-up on a person's page."""

import uuid
from datetime import date

import pytest
from sqlalchemy import func, select

from advocates.attendance.models import MakeUp, MakeUpRoute, MakeUpState
from advocates.database import db
from tests.budgets import statements
from tests.factories.attendance import make_signed_off
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.make_ups import EVIDENCE, make_proposal, make_version_with_activities, module_id
from tests.factories.people import make_person
from tests.factories.schedule import make_session
from tests.room import make_room

SATURDAY = date(2026, 10, 24)


@pytest.fixture
def room(app, time):
    return make_room(3, make_version_with_activities())


@pytest.fixture
def missed(room):
    make_signed_off(room.session, room.trainer, absent=room.trainees[:1])
    return room.trainees[0]


@pytest.fixture
def address(missed):
    return f"/enrollments/{missed.id}/make-ups"


def fields(enrollment, **changed):
    return {
        "module_id": module_id(enrollment, 0),
        "from_minute": "0",
        "to_minute": "85",
        "route": "equivalent_activity",
        "done_on": "2026-10-20",
        "evidence": EVIDENCE,
        **changed,
    }


def stored():
    return db.session.scalars(select(MakeUp)).all()


def test_the_page_lists_debts_with_their_routes_and_a_form_for_the_chosen_one(as_trainer, room, missed, address):
    make_session(room.cohort, SATURDAY, "09:00", ((0, 0, 85),))
    page = as_trainer.get(address).text
    assert "0–90 of 90" in page
    assert "1 h 30 min" in page
    assert "1 session, equivalent activity" in " ".join(page.split())
    assert "Propose the make-up" not in page
    chosen = f"{address}?module_id={module_id(missed, 0)}&from_minute=0&to_minute=85"
    form = as_trainer.get(chosen).text
    assert "Equivalent activity: Case exercises with a trainer" in form
    assert "Oct 24, 2026, 9:00" in form
    assert 'value="85"' in form


def test_a_part_that_nothing_teaches_says_who_adds_a_session(as_trainer, as_administrator, room):
    address = f"/enrollments/{make_enrollment(room.cohort, 'Ilse Marchetti').id}/make-ups"
    add = f"/cohorts/{room.cohort.id}/sessions/new"
    page = as_trainer.get(address).text
    assert "No session teaches this part. An administrator can add one." in " ".join(page.split())
    assert add not in page
    assert add in as_administrator.get(address).text


def test_a_proposal_is_stored_and_the_debt_is_claimed(as_trainer, room, missed, address):
    response = as_trainer.post_form(address, fields(missed, from_minute="10", to_minute="50"))
    assert (response.status_code, response.location) == (303, address)
    (make_up,) = stored()
    assert (make_up.from_minute, make_up.to_minute, make_up.route) == (10, 50, MakeUpRoute.EQUIVALENT_ACTIVITY)
    assert (make_up.state, make_up.proposed_by) == (MakeUpState.PROPOSED, room.trainer.id)
    page = as_trainer.get(address).text
    assert "waits for a decision" in page
    assert "0–10 of 90" in page
    assert "50–90 of 90" in page


def test_a_session_of_the_cohort_is_proposed_by_its_key_and_gives_its_day(as_trainer, room, missed, address):
    session = make_session(room.cohort, SATURDAY, "09:00", ((0, 0, 85),))
    assert as_trainer.post_form(address, fields(missed, route=session.id, done_on="")).status_code == 303
    (make_up,) = stored()
    assert (make_up.route, make_up.session_id, make_up.done_on) == (MakeUpRoute.SAME_COHORT, session.id, SATURDAY)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"route": ""}, "Choose how it is made up."),
        ({"route": "by magic"}, "Invalid Choice"),
        ({"route": "00000000-0000-0000-0000-000000000000"}, "does not teach the missing part"),
        ({"done_on": ""}, "Type the day of the activity."),
        ({"done_on": "2027-01-01"}, "still to come"),
        ({"done_on": "someday"}, "Not a valid date value"),
        ({"evidence": "  "}, "Say what shows it"),
        ({"evidence": "x" * 501}, "500"),
        ({"to_minute": "0"}, "must be"),
        ({"from_minute": "50", "to_minute": "20"}, "must be later than the first"),
        ({"to_minute": "91"}, "Not all of these minutes are missing"),
        ({"from_minute": "many"}, "Not a valid integer value"),
        ({"from_minute": "9" * 30}, "Number must be between"),
        ({"module_id": "nonsense"}, "Nothing was changed yet"),
        ({"module_id": ""}, "Choose a missing part from the list."),
        ({"module_id": "00000000-0000-0000-0000-000000000000"}, "not part of the curriculum"),
    ],
)
def test_bad_input_is_told_with_what_was_typed(as_trainer, missed, address, changed, said):
    response = as_trainer.post_form(address, fields(missed, **changed))
    assert response.status_code == 422
    assert said in response.text
    if "evidence" not in changed and "module_id" not in changed:
        assert EVIDENCE.partition("'")[0] in response.text
    assert stored() == []


def test_a_session_needs_no_evidence_for_the_attendance_there_is_it(
    as_trainer, as_administrator, room, missed, address
):
    session = make_session(room.cohort, SATURDAY, "09:00", ((0, 0, 85),))
    sent = fields(missed, route=session.id, done_on="", evidence="")
    assert as_trainer.post_form(address, sent).status_code == 303
    assert [make_up.evidence for make_up in stored()] == [""]
    for page in (as_trainer.get(address), as_administrator.get("/make-ups")):
        assert "Attendance in the session" in page.text


def test_every_mistake_is_told_at_once(as_trainer, missed, address):
    sent = fields(missed, to_minute="91", done_on="", evidence=" ")
    response = as_trainer.post_form(address, sent)
    assert response.status_code == 422
    for said in ("Not all of these minutes are missing", "Type the day of the activity.", "Say what shows it"):
        assert response.text.count(said) == 2  # above the form and at the field
    # What cannot be read hides nothing else.
    response = as_trainer.post_form(address, sent | {"to_minute": "many", "done_on": "2027-01-01"})
    for said in ("Not a valid integer value", "This day is still to come", "Say what shows it"):
        assert response.text.count(said) == 2
    response = as_trainer.post_form(address, sent | {"evidence": "x" * 501})
    for said in ("Not all of these minutes are missing", "Type the day of the activity.", "500"):
        assert said in response.text
    assert stored() == []


def test_a_part_without_an_activity_asks_for_neither_day_nor_evidence(as_trainer, missed, address):
    def page(position):
        return as_trainer.get(f"{address}?module_id={module_id(missed, position)}&from_minute=0&to_minute=20").text

    assert "For an equivalent activity" in page(0)
    assert "For an equivalent activity" not in page(2)


def test_the_same_part_twice_is_refused(as_trainer, room, missed, address):
    make_proposal(missed, room.trainer, minutes=(20, 40))
    response = as_trainer.post_form(address, fields(missed))
    assert response.status_code == 422
    assert "never paid twice" in response.text
    assert len(stored()) == 1


def test_the_form_sent_twice_has_one_effect(as_trainer, missed, address):
    data = fields(missed, request_key=uuid.uuid4())
    assert [as_trainer.post_form(address, data).status_code for _ in range(2)] == [303, 303]
    assert len(stored()) == 1


def test_nobody_proposes_for_themself(app, room, missed, address):
    person = make_person("Imara Osei", roles=["trainer"], cohort_id=room.cohort.id)
    own = make_enrollment(room.cohort, person=person)
    client = app.test_client().sign_in(person.id)
    assert "Nobody proposes a make-up for themself" in client.get(f"/enrollments/{own.id}/make-ups").text
    assert client.post_form(f"/enrollments/{own.id}/make-ups", fields(own)).status_code == 422
    assert stored() == []


def test_somebody_who_applied_owes_nothing_yet(as_trainer, room):
    applicant = make_enrollment(room.cohort, "Zofia Kern", status="applied")
    address = f"/enrollments/{applicant.id}/make-ups"
    assert "not enrolled" in as_trainer.get(address).text
    assert as_trainer.post_form(address, fields(applicant)).status_code == 422


def test_strangers_and_others_are_refused(client, missed, address):
    assert client.get(address).location.startswith("/sign-in")
    for roles, status in ((["trainee"], 403), (["auditor"], 403), (["trainer"], 404)):
        client.sign_in(make_person("Nuno Farrow", roles=roles, cohort_id=make_cohort().id).id)
        assert client.get(address).status_code == status
        assert client.post_form(address, fields(missed)).status_code == status
    assert stored() == []
    assert client.get(f"/enrollments/{uuid.uuid4()}/make-ups").status_code == 404


def test_the_page_costs_the_same_however_much_was_missed(as_trainer, room, missed, address):
    counts = []
    for week in (0, 1, 2):
        for n in range(week * 4):
            make_session(room.cohort, date(2026, 11, 2 + week * 5 + n), "09:00", ((0, 0, 85), (1, 0, 85)))
            make_proposal(missed, room.trainer, module=1, minutes=(week * 20 + n * 2, week * 20 + n * 2 + 2))
        with statements() as sent:
            assert as_trainer.get(address).status_code == 200
        counts.append(len(sent))
    # sign-in 2, enrollment, standing 3, version, modules, make-ups 2, sessions ahead and their agenda 2, offers 2
    assert counts[0] == counts[1] == counts[2] <= 15
    assert db.session.scalar(select(func.count()).select_from(MakeUp)) == 12
