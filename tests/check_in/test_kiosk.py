"""The tablet at the door: people check in by personal codes, and it does nothing else."""

import re
import uuid

import pytest
from sqlalchemy import select

from advocates.audit.models import AuditEvent
from advocates.check_in.models import CheckIn
from advocates.database import db
from tests.budgets import statements
from tests.client import StrictClient
from tests.factories.attendance import make_signed_off
from tests.factories.check_in import make_check_in, make_kiosk, make_personal_code
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.room import make_room

CODE, UNKNOWN = "482913", "111111"
WRONG = "This code is not known here."


@pytest.fixture
def tablet(app, room, near):
    make_personal_code(room.trainees[0], CODE)
    return kiosk_at(app, room)


def kiosk_at(app, room):
    _, token = make_kiosk(room.session, room.trainer)
    client: StrictClient = app.test_client()
    client.set_cookie("kiosk", token)
    client.set_cookie("visitor", "visitor-of-a-test")
    client.cookie = "visitor-of-a-test"
    return client


def send(client, code=CODE, **fields):
    return client.post_form("/kiosk", {"code": code, **fields})


def recorded():
    rows = db.session.scalars(select(CheckIn).order_by(CheckIn.at, CheckIn.id))
    return [(row.enrollment_id, row.direction.value, row.means.value) for row in rows]


def test_a_personal_code_checks_in_and_names_nobody(tablet, room):
    answer = send(tablet, " 482 913 ")
    assert (answer.status_code, answer.location) == (303, "/kiosk")
    html = tablet.get("/kiosk").text
    assert "Welcome. Recorded at 5:28" in html
    assert 'http-equiv="refresh" content="5;url=/kiosk"' in html
    assert recorded() == [(room.trainees[0].id, "in", "kiosk")]
    for name in ("Łucja", "Nguyễn", "محمد", "Bertil", CODE):
        assert name not in html
    assert "Welcome" not in tablet.get("/kiosk").text


def test_the_same_person_later_goes_and_comes_back(tablet, near):
    for clock, said in (("17:28", "Welcome."), ("18:40", "Goodbye."), ("19:00", "Welcome.")):
        near.set(clock)
        send(tablet)
        assert said in tablet.get("/kiosk").text
    assert [way for _, way, _ in recorded()] == ["in", "out", "in"]


def test_pressing_twice_is_not_leaving(tablet, near):
    send(tablet)
    near.set("17:29")
    send(tablet)
    assert "Recorded at 5:28" in tablet.get("/kiosk").text
    assert len(recorded()) == 1


def test_a_direction_that_is_chosen_holds(tablet, near):
    send(tablet)
    near.set("17:29")
    send(tablet, direction="out")
    near.set("18:40")
    send(tablet, direction="out")
    assert [way for _, way, _ in recorded()] == ["in", "out"]
    send(tablet, direction="sideways")
    assert [way for _, way, _ in recorded()] == ["in", "out", "in"]


def test_the_form_sent_twice_has_one_effect_even_much_later(tablet, near):
    key = str(uuid.uuid4())
    send(tablet, request_key=key)
    near.set("18:40")
    assert send(tablet, request_key=key).status_code == 303
    assert len(recorded()) == 1


@pytest.mark.parametrize(
    ("code", "said"),
    [(UNKNOWN, WRONG), ("48291", WRONG), ("abc", WRONG), ("4829134829134829", WRONG), ("²³¹²³¹", WRONG),
     ("48291\x00", "cannot be stored"), ("", "Type the six digits")],
)  # fmt: skip
def test_a_code_of_nobody_is_refused_and_not_left_on_the_screen(tablet, code, said):
    answer = send(tablet, code)
    assert answer.status_code == 422
    assert said in answer.text
    assert re.search(r'<input [^>]*id="code"[^>]* aria-invalid="true"', answer.text)
    assert not re.search(r'<input [^>]*id="code"[^>]* value=', answer.text)
    assert recorded() == []


def test_somebody_of_another_cohort_is_answered_like_nobody(tablet):
    make_personal_code(make_enrollment(make_cohort(), "Basil Thorne"), "222222")
    answer = send(tablet, "222222")
    assert answer.status_code == 422
    assert WRONG in answer.text
    assert "222222" not in answer.text
    assert recorded() == []


def test_guessing_is_slowed_down_for_this_tablet_only(app, room, tablet):
    for number in range(20):
        send(tablet, f"{number:06d}")
    answer = send(tablet)
    assert answer.status_code == 422
    assert "Too many wrong codes here." in answer.text
    assert CODE not in answer.text
    assert recorded() == []
    assert send(kiosk_at(app, room)).status_code == 303


@pytest.mark.parametrize(("clock", "status"), [("16:59", 409), ("17:00", 303), ("21:00", 303)])
def test_it_takes_nothing_far_from_the_session(tablet, near, clock, status):
    near.set(clock)
    assert send(tablet).status_code == status
    if status == 409:
        assert "Checking in opens at 5:00" in tablet.get("/kiosk").text


def test_it_takes_nothing_after_sign_off(tablet, room, near):
    near.set("20:31")
    make_signed_off(room.session, room.trainer)
    assert send(tablet).status_code == 409
    assert "Checking in is closed." in tablet.get("/kiosk").text


def test_every_other_address_leads_back_to_the_screen(app, tablet, room):
    for rule in app.url_map.iter_rules():
        if rule.endpoint in {"static", "check_in.kiosk", "people.sign_in", "overview.healthz", "overview.readyz"}:
            continue
        path = rule.rule
        for name in rule.arguments:
            path = path.replace(f"<uuid:{name}>", str(uuid.uuid4())).replace(f"<path:{name}>", "x")
            path = path.replace(f"<{name}>", "x").replace(f"<int:{name}>", "1")
        for method in rule.methods & {"GET", "POST"}:
            answer = tablet.open(path, method=method)
            assert (answer.status_code, answer.location) == (303, "/kiosk"), (method, path)
    assert tablet.get("/nowhere").location == "/kiosk"


def test_its_files_its_health_and_signing_in_stay_open(tablet):
    for address in ("/static/site/icon.svg", "/healthz", "/readyz", "/sign-in"):
        with tablet.get(address) as answer:
            assert answer.status_code == 200, address


def test_it_has_no_way_on_but_signing_in(tablet):
    html = tablet.get("/kiosk").text
    assert html.count("<a ") == 1
    assert 'href="/sign-in"' in html


def test_a_browser_that_is_no_kiosk_has_no_screen(client, as_trainee):
    assert client.get("/kiosk").location == "/"
    assert client.post_form("/kiosk", {"code": CODE}).location == "/"
    assert as_trainee.get("/kiosk").location == "/"
    client.set_cookie("kiosk", "made up")
    assert client.get("/sign-in").status_code == 200
    assert client.get("/apply").status_code == 200
    assert client.get("/kiosk").location == "/"
    assert client.get_cookie("kiosk") is None


def test_without_the_token_of_its_form_nothing_is_taken(tablet):
    assert tablet.post("/kiosk", data={"code": CODE}).status_code == 400
    assert recorded() == []


def test_the_trail_says_who_and_which_kiosk_and_holds_no_code(tablet, room):
    send(tablet)
    event = db.session.scalars(select(AuditEvent).order_by(AuditEvent.seq.desc())).first()
    assert (event.action, event.actor_id) == ("check_in", room.trainees[0].person_id)
    assert "kiosk_id" in event.payload
    assert CODE not in event.payload


# The kiosk; to take a code: the kiosk, throttle, code, register, check-ins, session and enrollment locked, the same
# key, check-ins again, audit head and event, the row.
@pytest.mark.parametrize("people", [1, 3, 30])
def test_the_number_of_statements_does_not_grow_with_the_room(app, near, people):
    room = make_room(people)
    for trainee in room.trainees[1:]:
        make_check_in(room.session, trainee)
    make_personal_code(room.trainees[0], CODE)
    tablet = kiosk_at(app, room)
    with statements() as shown:
        tablet.get("/kiosk")
    with statements() as sent:
        assert send(tablet).status_code == 303
    assert len(shown) == 1
    assert len(sent) <= 13
