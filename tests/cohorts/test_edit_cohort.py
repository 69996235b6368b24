"""Changing a cohort."""

import json
import re
import threading
import uuid
from dataclasses import replace
from time import sleep

import pytest
from sqlalchemy import select

from advocates.audit.models import AuditEvent, AuditValue
from advocates.cohorts.models import Cohort, Enrollment
from advocates.cohorts.planning import draft_from, edit_cohort
from advocates.curriculum.models import CurriculumVersion
from advocates.database import db
from advocates.seen import ChangedMeanwhile, Seen
from tests.client import seen_on
from tests.cohorts.test_create_cohort import typed
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.curriculum import make_version
from tests.factories.people import make_person
from tests.together import at_once


def edit(client, cohort, version, **changed):
    """Send the form, opened a moment ago unless `seen` says otherwise."""
    address = f"/cohorts/{cohort.id}/edit"
    changed.setdefault("seen", client.seen(address))
    return client.post_form(address, typed(version, **changed))


def test_what_changed_is_stored_and_recorded(as_administrator):
    version = make_version()
    cohort = make_cohort(version, title="Fall 2026", capacity=24)
    assert edit(as_administrator, cohort, version, place="Kennedy-King College").status_code == 303
    assert db.session.get_one(Cohort, cohort.id).place == "Kennedy-King College"
    assert [(v.field, v.after) for v in db.session.scalars(select(AuditValue))] == [("place", "Kennedy-King College")]
    payload = json.loads(db.session.scalars(select(AuditEvent.payload)).one())
    assert payload["action"] == "edit_cohort"
    assert "Kennedy" not in json.dumps(payload)


def test_the_form_opens_with_what_is_stored(as_administrator):
    cohort = make_cohort(title="Fall 2026", time_zone="America/Indiana/Knox")
    page = as_administrator.get(f"/cohorts/{cohort.id}/edit").text
    assert "America/Indiana/Knox" in page
    assert 'value="2026-10-20"' in page


def test_people_enrolled_already_keep_their_version(as_administrator):
    first = make_version()
    cohort = make_cohort(first)
    enrollment = make_enrollment(cohort)
    second = CurriculumVersion(
        curriculum_id=first.curriculum_id,
        number=2,
        title=first.title,
        required_contact_minutes=first.required_contact_minutes,
        rules=first.rules,
        created_at=first.created_at,
        published_at=first.published_at,
    )
    db.session.add(second)
    db.session.commit()
    assert edit(as_administrator, cohort, second).status_code == 303
    assert db.session.get_one(Cohort, cohort.id).curriculum_version_id == second.id
    assert db.session.get_one(Enrollment, enrollment.id).curriculum_version_id == first.id


def test_a_version_of_another_curriculum_is_refused(as_administrator):
    cohort = make_cohort()
    assert edit(as_administrator, cohort, make_version()).status_code == 422


def test_fewer_seats_than_people_are_refused(as_administrator):
    version = make_version()
    cohort = make_cohort(version)
    for n in range(3):
        make_enrollment(cohort, f"Person {n}")
    response = edit(as_administrator, cohort, version, capacity="2")
    assert response.status_code == 422
    assert "3 people have a seat already." in response.text
    assert db.session.get_one(Cohort, cohort.id).capacity == 30


def test_an_end_before_the_start_and_a_title_in_use_are_refused(as_administrator):
    version = make_version()
    cohort, _other = make_cohort(version), make_cohort(version, title="Taken")
    assert edit(as_administrator, cohort, version, ends_on="2026-01-01").status_code == 422
    assert "Another cohort has this title" in edit(as_administrator, cohort, version, title="Taken").text


def test_what_another_administrator_stored_meanwhile_is_shown_beside_what_is_typed(as_administrator):
    version = make_version()
    cohort = make_cohort(version, title="Fall 2026", capacity=24)
    seen = as_administrator.seen(f"/cohorts/{cohort.id}/edit")
    elsewhere = {"starts_on": "2026-10-27", "time_zone": "America/Denver"}
    assert edit(as_administrator, cohort, version, **elsewhere).status_code == 303
    response = edit(as_administrator, cohort, version, place="Room 7", seen=seen)
    assert response.status_code == 409
    found = re.findall(r'id="(\w+)-stored">Now stored: <bdi>(.*?)</bdi>', response.text)
    assert found == [("time_zone", "Mountain"), ("starts_on", "Oct 27, 2026")]
    assert 'aria-describedby="time_zone-stored"' in response.text
    assert 'value="Room 7"' in response.text
    assert 'value="2026-10-20"' in response.text
    stored = db.session.get_one(Cohort, cohort.id)
    assert (stored.time_zone, stored.place) == ("America/Denver", "Malcolm X College, room 1104")
    again = edit(as_administrator, cohort, version, **elsewhere, place="Room 7", seen=seen_on(response.text))
    assert again.status_code == 303
    stored = db.session.get_one(Cohort, cohort.id, populate_existing=True)
    assert (stored.time_zone, stored.place) == ("America/Denver", "Room 7")


@pytest.mark.parametrize("seen", ["", "garbled"])
def test_a_form_that_does_not_say_what_it_showed_is_out_of_date(as_administrator, seen):
    version = make_version()
    cohort = make_cohort(version)
    assert edit(as_administrator, cohort, version, place="Room 7", seen=seen).status_code == 409
    assert db.session.get_one(Cohort, cohort.id).place == "Malcolm X College, room 1104"


def test_the_same_form_sent_twice_has_one_answer_whatever_came_between(as_administrator):
    version = make_version()
    cohort = make_cohort(version, title="Fall 2026", capacity=24)
    sent = {"request_key": str(uuid.uuid4()), "seen": as_administrator.seen(f"/cohorts/{cohort.id}/edit")}
    first = edit(as_administrator, cohort, version, place="Room 7", **sent)
    assert edit(as_administrator, cohort, version, place="Room 8").status_code == 303
    second = edit(as_administrator, cohort, version, place="Room 7", **sent)
    assert [(answer.status_code, answer.location) for answer in (first, second)] == [(303, f"/cohorts/{cohort.id}")] * 2
    assert db.session.get_one(Cohort, cohort.id).place == "Room 8"


def test_two_who_save_at_the_same_moment_do_not_overwrite_each_other(app, administrator):
    draft = draft_from(make_cohort())
    cohort_id = db.session.scalars(select(Cohort.id)).one()
    seen, who, is_written = Seen.of(vars(draft)), administrator.id, threading.Event()

    def first():
        edit_cohort(who, cohort_id, replace(draft, place="Room 7"), seen)
        is_written.set()
        sleep(0.3)

    def second():
        is_written.wait(5)
        edit_cohort(who, cohort_id, replace(draft, capacity=12), seen)

    _, refused = at_once(app, first, second)
    assert isinstance(refused, ChangedMeanwhile)
    assert refused.unseen == {"place": "Room 7"}
    stored = db.session.get_one(Cohort, cohort_id)
    assert (stored.place, stored.capacity) == ("Room 7", 30)


def test_only_administrators_edit_and_a_missing_cohort_is_404(client, as_administrator):
    version = make_version()
    cohort = make_cohort(version)
    assert as_administrator.get(f"/cohorts/{uuid.uuid4()}/edit").status_code == 404
    assert edit(client, cohort, version).location.startswith("/sign-in")
    client.sign_in(make_person("Rosa Ebel", roles=["trainer"], cohort_id=cohort.id).id)
    assert edit(client, cohort, version).status_code == 403
