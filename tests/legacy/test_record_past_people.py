"""Recording who was in a past cohort: shown first, whole or not at all, and never a credit."""

import io
import re
import uuid

from sqlalchemy import func, select

from advocates.audit.models import AuditEvent
from advocates.cohorts.models import Enrollment
from advocates.credentials.models import Credential
from advocates.database import db
from advocates.hours.models import CreditEntry
from advocates.legacy.models import LegacyRecord
from advocates.messages.models import OutboxMessage
from advocates.people.models import Invitation, Person, PersonProfile
from tests.budgets import statements
from tests.cohorts.workbooks import workbook
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.people import make_person

TEXT = "Wen Harlow,wen@example.org,Hope,2021-06-04,38.5\nŁucja Nowak,,,,"


def check(client, past, text="", **more):
    return client.post_form(f"/legacy-cohorts/{past.id}/people", {"people": text, **more})


def confirm(client, past, text, **more):
    seen = re.search(r'name="seen" value="(\w+)"', check(client, past, text).text)
    return check(client, past, text, seen=seen[1] if seen else "", confirm="yes", **more)


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_people_are_shown_first_and_recorded_as_the_source_says_when_confirmed(as_administrator, past):
    page = check(as_administrator, past, TEXT)
    assert page.status_code == 200
    assert "Record 2 people" in page.text
    assert "38 h 30 min" in page.text
    assert count(LegacyRecord) == 0
    assert confirm(as_administrator, past, TEXT).location == f"/legacy-cohorts/{past.id}"
    found = db.session.execute(select(LegacyRecord.completed_on, LegacyRecord.stated_minutes)).all()
    assert {(str(day), minutes) for day, minutes in found} == {("2021-06-04", 2310), ("None", None)}


def test_nothing_is_credited_issued_or_sent_and_nobody_is_enrolled(as_administrator, past):
    confirm(as_administrator, past, TEXT)
    assert [count(model) for model in (Enrollment, CreditEntry, Credential, Invitation, OutboxMessage)] == [0] * 5


def test_the_same_workbook_twice_changes_nothing(as_administrator, past):
    rows = [["Full name", "Email", "Graduated", "Hours"], ["Wen Harlow", "wen@example.org", "6/4/2021", 40]]
    file = workbook(["Graduates"], *rows, ["Łucja Nowak"])
    text = "\nName,E-mail,Completed on,Hours\nWen Harlow,wen@example.org,6/4/2021,40\nŁucja Nowak"
    page = check(as_administrator, past, file=(io.BytesIO(file), "graduates.xlsx"))
    assert "Record 2 people" in page.text
    confirm(as_administrator, past, text)
    before = (count(LegacyRecord), count(Person))
    again = check(as_administrator, past, file=(io.BytesIO(file), "graduates.xlsx"))
    assert "There is nothing to do." in again.text
    confirm(as_administrator, past, text)
    assert (count(LegacyRecord), count(Person)) == before == (2, 3)


def test_somebody_known_is_matched_and_shown_with_it_and_their_training_is_untouched(as_administrator, past):
    person = make_person("Wen Harlow", email="wen@example.org", roles=["trainee"])
    enrollment = make_enrollment(make_cohort(), person=person)
    confirm(as_administrator, past, TEXT)
    page = as_administrator.get(f"/people/{person.id}").text
    assert "legacy, evidence not held" in page
    assert past.title in page
    assert db.session.get_one(Enrollment, enrollment.id).status == "enrolled"
    assert count(CreditEntry) == 0


def test_an_address_of_somebody_else_must_be_decided(as_administrator, past):
    known = make_person("Somebody Else", email="wen@example.org")
    page = check(as_administrator, past, TEXT).text
    assert "This address belongs to Somebody Else, whose" in page
    name = re.search(r'name="(decision-\w+)"', page)[1]
    assert confirm(as_administrator, past, TEXT).status_code == 422
    assert count(LegacyRecord) == 0
    confirm(as_administrator, past, TEXT, **{name: "leave_out"})
    assert known.id not in set(db.session.scalars(select(LegacyRecord.person_id)))
    confirm(as_administrator, past, TEXT, **{name: "enroll"})
    assert known.id in set(db.session.scalars(select(LegacyRecord.person_id)))
    assert db.session.get_one(PersonProfile, known.id).chosen_name == "Somebody Else"


def test_bad_lines_are_said_and_nobody_is_recorded(as_administrator, past):
    text = "Wen Harlow,wen@example.org,Hope,tomorrow,38.5\nAnn Bell"
    for response in (check(as_administrator, past, text), confirm(as_administrator, past, text)):
        assert response.status_code == 422
        assert "1 line of 2 is wrong." in response.text
        assert "Write the day as" in response.text
        assert "tomorrow" in response.text
    assert count(LegacyRecord) == 0


def test_sent_twice_it_records_once(as_administrator, past):
    seen = re.search(r'name="seen" value="(\w+)"', check(as_administrator, past, TEXT).text)[1]
    key = str(uuid.uuid4())
    for _ in range(2):
        check(as_administrator, past, TEXT, seen=seen, confirm="yes", request_key=key)
    assert count(LegacyRecord) == 2
    assert db.session.scalars(select(AuditEvent.action)).all().count("record_past_people") == 1


def test_only_administrators_and_a_missing_one_is_404(client, as_administrator, past):
    assert check(client, past, TEXT).location.startswith("/sign-in")
    client.sign_in(make_person("Rosa Ebel", roles=["trainer"]).id)
    assert check(client, past, TEXT).status_code == 403
    assert as_administrator.get(f"/legacy-cohorts/{uuid.uuid4()}/people").status_code == 404


def test_statements_do_not_grow_with_the_lines(as_administrator, past):
    shown, written = [], []
    for number, start in ((1, 0), (3, 10), (30, 20)):
        text = "\n".join(f"Person {n},person{n}@example.org,Hope,2021-06-04,40" for n in range(start, start + number))
        with statements() as sent:
            page = check(as_administrator, past, text)
        shown.append(len(sent))
        seen = re.search(r'name="seen" value="(\w+)"', page.text)[1]
        with statements() as sent:
            check(as_administrator, past, text, seen=seen, confirm="yes")
        written.append(len(sent))
    # the sign-in; whether the form was done; the legacy cohort; who is recorded; who is known
    assert shown[0] == shown[1] == shown[2] <= 6, shown
    assert written[1] == written[2] <= 20, written  # the first also adds the agency
