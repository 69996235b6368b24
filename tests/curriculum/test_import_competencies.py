"""The framework comes whole from a file: new keys are added, known ones renamed, others retired."""

import io

from sqlalchemy import func, select

from advocates.audit.models import AuditEvent
from advocates.curriculum.competencies import FrameworkChange, import_competencies
from advocates.curriculum.models import Competency
from advocates.curriculum.queries import framework, framework_keys
from advocates.curriculum.rules import CompetencyEntry
from advocates.database import db
from tests.factories.cohorts import make_cohort
from tests.factories.people import make_person
from tests.together import at_once

ADDRESS = "/competencies/import"
FIRST = "key,title,domain\nC1,Listens reflectively,skills\nC2,Knows the duty to report,law\n"


def upload(client, content, **more):
    return client.post_form(ADDRESS, {"file": (io.BytesIO(content.encode()), "framework.csv"), **more})


def test_a_file_becomes_the_framework(as_administrator):
    response = upload(as_administrator, FIRST)
    assert response.status_code == 303
    page = as_administrator.get(response.location).text
    assert "2 new, 0 changed, 0 retired" in page
    assert [(each.key, each.title, each.domain) for each in framework()] == [
        ("C1", "Listens reflectively", "skills"),
        ("C2", "Knows the duty to report", "law"),
    ]


def test_the_next_file_renames_adds_and_retires(as_administrator):
    upload(as_administrator, FIRST)
    ids = {each.key: each.id for each in framework()}
    response = upload(as_administrator, "key,title\nC3,Refers\nC1,Listens\n")
    assert "1 new, 1 changed, 1 retired" in as_administrator.get(response.location).text
    assert [(each.key, each.title) for each in framework()] == [("C3", "Refers"), ("C1", "Listens")]
    assert framework()[1].id == ids["C1"]
    assert db.session.scalar(select(func.count()).select_from(Competency)) == 3
    upload(as_administrator, FIRST)
    assert framework_keys() == {"C1", "C2"}


def test_the_same_file_again_changes_nothing(as_administrator):
    upload(as_administrator, FIRST)
    response = upload(as_administrator, FIRST)
    assert "Nothing was changed" in as_administrator.get(response.location).text
    assert db.session.scalars(select(AuditEvent.action)).all() == ["import_competencies"]


def test_wrong_lines_are_named_and_nothing_is_stored(as_administrator):
    response = upload(as_administrator, "key,title\nC1,\nC1,Two")
    assert response.status_code == 422
    assert "<strong>line 2, column title</strong>: This must not be empty." in response.text
    assert "<strong>line 3, column key</strong>: This is given more than once." in response.text
    assert framework() == []


def test_two_first_imports_at_once_leave_one_framework(app, administrator):
    actor_id, entries = administrator.id, [CompetencyEntry("C1", "Listens", "")]
    results = at_once(app, *[lambda: import_competencies(actor_id, entries)] * 3)
    assert sorted(result.added for result in results) == [0, 0, 1]
    assert all(isinstance(result, FrameworkChange) for result in results)


def test_only_administrators_import(client, as_administrator):
    assert "the whole framework" in as_administrator.get(ADDRESS).text
    assert as_administrator.post_form(ADDRESS).status_code == 422
    assert client.get(ADDRESS).location.startswith("/sign-in")
    client.sign_in(make_person("Rosa Ebel", roles=["trainer"], cohort_id=make_cohort().id).id)
    assert client.get(ADDRESS).status_code == 403
    assert upload(client, FIRST).status_code == 403
