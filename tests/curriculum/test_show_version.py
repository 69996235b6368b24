"""One version: its modules with their running total, its rules in sentences, and what keeps it from publication."""

import uuid

import pytest

from tests.budgets import statements
from tests.factories.cohorts import make_cohort
from tests.factories.curriculum import make_version
from tests.factories.people import make_person


def page(client, version):
    return client.get(f"/curriculum-versions/{version.id}").text


def test_the_shipped_version_sums_to_forty_hours(as_administrator):
    text = page(as_administrator, make_version())
    assert text.count('data-label="Running total"') == 18
    assert "40 h 00 min" in text
    assert "of 40 h 00 min" in text


def test_rules_read_as_sentences(as_administrator):
    text = page(as_administrator, make_version())
    assert "At least 20 h 00 min of it in person." in text
    assert "No credit for self-paced time." in text
    assert "at least 70 % of at least 50 questions, in at most 3 attempts" in text
    assert "Makes a safety plan" in text


def test_content_notes_stand_with_their_module(as_administrator):
    assert "Content note:" in page(as_administrator, make_version())


@pytest.mark.parametrize(("last", "said"), [(59, "1 min too few"), (61, "1 min too many")])
def test_a_wrong_sum_is_said_with_by_how_much(as_administrator, last, said):
    version = make_version(minutes=(90, last), is_published=False)
    from advocates.database import db

    db.session.merge(version).required_contact_minutes = 150
    db.session.commit()
    text = page(as_administrator, version)
    assert said in text
    assert "Publish this version" not in text


def test_a_published_version_offers_no_way_to_change_it(as_administrator):
    text = page(as_administrator, make_version())
    assert "/publish" not in text
    assert "/discard" not in text


def test_a_trainer_reads_a_draft_without_its_buttons(client):
    client.sign_in(make_person("Rosa Ebel", roles=["trainer"], cohort_id=make_cohort().id).id)
    text = page(client, make_version(is_published=False))
    assert "/export" in text
    assert "/discard" not in text


def test_a_trainee_may_not_read_it_and_a_missing_one_is_404(app, as_administrator):
    assert as_administrator.get(f"/curriculum-versions/{uuid.uuid4()}").status_code == 404
    trainee = app.test_client().sign_in(make_person("Wen Harlow", roles=["trainee"]).id)
    assert trainee.get(f"/curriculum-versions/{make_version().id}").status_code == 403


@pytest.mark.parametrize("rows", [1, 3, 18])
def test_three_statements_however_many_modules(as_administrator, rows):
    version = make_version(minutes=(60,) * rows)
    with statements() as sent:
        page(as_administrator, version)
    assert len(sent) <= 3  # the sign-in; the version; its modules
