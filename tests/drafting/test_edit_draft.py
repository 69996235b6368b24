"""The editor: every module in order, the running total in view, and what keeps the draft from publication."""

import uuid

import pytest

from advocates.database import db
from tests.budgets import statements
from tests.factories.curriculum import make_version
from tests.factories.drafting import make_draft, rows
from tests.factories.people import make_person


def page(client, version):
    return client.get(f"/curriculum-versions/{version.id}/edit")


def test_modules_stand_in_order_with_the_total(as_administrator):
    text = page(as_administrator, make_draft((60, 90))).text
    assert text.index('name="order"') < text.index(">A1<") < text.index(">A2<")
    assert "so far 2 h 30 min" in text
    assert "exactly right" in text


def test_each_problem_leads_to_the_page_that_mends_it(as_administrator):
    version = make_draft()
    draft, first = db.session.merge(version), rows(version)[0]
    draft.required_contact_minutes = 200
    first.prerequisites = '["A3"]'
    module_id = first.module_id
    db.session.commit()
    text = page(as_administrator, version).text
    assert f'<a href="/curriculum-versions/{version.id}/rules">Required modules and electives owed' in text
    assert f'<a href="/curriculum-versions/{version.id}/modules/{module_id}/edit">A1 builds on A3' in text


@pytest.mark.parametrize("count", [1, 3, 18])
def test_four_statements_however_many_modules(as_administrator, count):
    version = make_draft((60,) * count)
    with statements() as sent:
        page(as_administrator, version)
    assert len(sent) <= 4  # the sign-in; the version; its modules; the framework


def test_a_published_version_is_shown_instead(as_administrator):
    version = make_version()
    assert page(as_administrator, version).location == f"/curriculum-versions/{version.id}"
    assert "/edit" not in as_administrator.get(f"/curriculum-versions/{version.id}").text


def test_only_administrators_edit_and_a_missing_draft_is_404(client, as_administrator):
    version = make_draft()
    assert "/edit" in as_administrator.get(f"/curriculum-versions/{version.id}").text
    assert as_administrator.get(f"/curriculum-versions/{uuid.uuid4()}/edit").status_code == 404
    assert page(client, version).location.startswith("/sign-in")
    client.sign_in(make_person("Wen Harlow", roles=["trainee"]).id)
    assert page(client, version).status_code == 403
