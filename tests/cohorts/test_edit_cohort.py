"""Changing a cohort."""

import json
import uuid

from sqlalchemy import select

from advocates.audit.models import AuditEvent, AuditValue
from advocates.cohorts.models import Cohort, Enrollment
from advocates.curriculum.models import CurriculumVersion
from advocates.database import db
from tests.cohorts.test_create_cohort import typed
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.curriculum import make_version
from tests.factories.people import make_person


def edit(client, cohort, version, **changed):
    return client.post_form(f"/cohorts/{cohort.id}/edit", typed(version, **changed))


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


def test_only_administrators_edit_and_a_missing_cohort_is_404(client, as_administrator):
    version = make_version()
    cohort = make_cohort(version)
    assert as_administrator.get(f"/cohorts/{uuid.uuid4()}/edit").status_code == 404
    assert edit(client, cohort, version).location.startswith("/sign-in")
    client.sign_in(make_person("Rosa Ebel", roles=["trainer"], cohort_id=cohort.id).id)
    assert edit(client, cohort, version).status_code == 403
