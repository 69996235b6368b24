"""A module added to a draft: at the end, with every field, its identity by its key."""

import uuid

import pytest
from sqlalchemy import func, select

from advocates.audit.models import AuditEvent
from advocates.curriculum.competencies import import_competencies
from advocates.curriculum.importing import copy_version
from advocates.curriculum.queries import modules_of
from advocates.curriculum.rules import CompetencyEntry
from advocates.database import db
from tests.budgets import statements
from tests.factories.curriculum import make_version
from tests.factories.drafting import MODULE, document, make_draft, rows
from tests.factories.people import make_person

NEW = MODULE | {"key": "B1"}


def address(version):
    return f"/curriculum-versions/{version.id}/modules/add"


def test_it_stands_at_the_end_and_says_what_was_typed(as_administrator, administrator):
    version = make_draft()
    import_competencies(administrator.id, [CompetencyEntry("C1", "Listens", "")])
    db.session.commit()
    chosen = {"delivery_modes": ["in_person"], "competencies": ["C1"], "prerequisites": ["A2", "A1"]}
    response = as_administrator.post_form(address(version), NEW | chosen)
    module = document(version).modules[-1]
    assert response.location.endswith(f"/edit#module-{rows(version)[-1].module_id}")
    assert (module.key, module.title, module.contact_minutes, module.required) == ("B1", "Listening", 60, True)
    assert (module.objectives, module.content_note) == (("Listens", "Refers"), None)
    assert (module.delivery_modes, module.competencies, module.prerequisites) == (("in_person",), ("C1",), ("A2", "A1"))
    assert db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.seq)).all()[-1] == "add_module"


def test_a_key_of_an_older_version_is_the_same_module_again(as_administrator, administrator):
    old = make_version(minutes=(60, 60))
    draft_id = copy_version(administrator.id, old.id)
    db.session.commit()
    gone = rows(old)[0].module_id
    as_administrator.post_form(f"/curriculum-versions/{draft_id}/modules/{gone}/remove")
    as_administrator.post_form(f"/curriculum-versions/{draft_id}/modules/add", NEW | {"key": "A1"})
    as_administrator.post_form(f"/curriculum-versions/{draft_id}/modules/add", NEW)
    ids = {row.key: row.module_id for row in modules_of(draft_id)}
    assert ids["A1"] == gone
    assert list(ids) == ["A2", "A1", "B1"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"key": "A1"}, "This draft has a module with this key."),
        ({"key": ""}, "This field is required."),
        ({"contact_minutes": "an hour"}, "This must be a whole number from 1 to 6000."),
        ({"objectives": "Listens\nListens"}, "Line 2: This is given more than once."),
        ({"title": "<b>" + "x" * 200}, "This is longer than 200 characters."),
        ({"domain": "a\x00b"}, "This holds a character that cannot be stored."),
        ({"prerequisites": ["Z9"]}, "is not a valid choice"),
    ],
)
def test_wrong_input_is_refused_at_its_field_with_the_rest_kept(as_administrator, wrong, said):
    version = make_draft()
    response = as_administrator.post_form(address(version), NEW | {"equivalent_activity": "Talks it over"} | wrong)
    assert response.status_code == 422
    assert said in response.text
    assert "Talks it over" in response.text
    assert len(rows(version)) == 3


def test_the_form_sent_twice_adds_one(as_administrator):
    version = make_draft()
    same = NEW | {"request_key": str(uuid.uuid4())}
    first, second = (as_administrator.post_form(address(version), same) for _ in range(2))
    assert first.location == second.location
    assert db.session.scalar(select(func.count()).select_from(AuditEvent)) == 1


@pytest.mark.parametrize("count", [1, 18])
def test_four_statements_to_show_it_and_its_total(as_administrator, count):
    version = make_draft((60,) * count)
    with statements() as sent:
        text = as_administrator.get(address(version)).text
    assert len(sent) <= 4  # the sign-in; the version; its modules; the framework
    assert f'data-others="{60 * count}"' in text


def test_a_published_version_takes_none_and_others_may_not(client, as_administrator):
    version = make_version(minutes=(60,))
    assert as_administrator.post_form(address(version), NEW).location == f"/curriculum-versions/{version.id}"
    assert len(rows(version)) == 1
    assert client.get(address(version)).location.startswith("/sign-in")
    client.sign_in(make_person("Wen Harlow", roles=["trainee"]).id)
    assert client.post_form(address(version), NEW).status_code == 403
