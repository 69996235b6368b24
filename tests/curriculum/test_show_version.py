"""One version: its modules with their running total, its rules in sentences, and what keeps it from publication."""

import json
import re
import uuid

import pytest
from sqlalchemy import select

from advocates.curriculum.competencies import import_competencies
from advocates.curriculum.importing import add_version
from advocates.curriculum.models import VersionModule
from advocates.curriculum.queries import version_with_modules
from advocates.curriculum.rules import CompetencyEntry
from advocates.database import db
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
def test_five_statements_however_many_modules_and_versions(as_administrator, rows):
    version = make_version(minutes=(60,) * rows)
    for _ in range(rows):
        make_version(minutes=(60,))
    with statements() as sent:
        page(as_administrator, version)
    assert len(sent) <= 5  # the sign-in; the version; its modules; the framework; the other versions


def detailed(**changes):
    """A draft whose first module says more of itself."""
    version = make_version(is_published=False)
    module = db.session.scalars(select(VersionModule).filter_by(version_id=version.id, position=0)).one()
    for name, value in changes.items():
        setattr(module, name, json.dumps(value))
    db.session.commit()
    return version


def test_a_module_says_how_it_is_taught_and_what_it_builds_on(as_administrator):
    version = detailed(delivery_modes=["in_person", "live_online"], prerequisites=["A2"])
    text = page(as_administrator, version)
    assert "<strong>Taught only:</strong> in person, live online" in text
    assert "<strong>Builds on:</strong> A2" in text
    assert "A1 builds on A2, which comes after it. Move one of the two." in text


def test_competencies_that_no_module_names_are_gaps(as_administrator, administrator):
    version = detailed(competencies=["C1", "C9"])
    assert "Competencies</h2>" not in page(as_administrator, version)
    import_competencies(administrator.id, [CompetencyEntry("C1", "Listens", ""), CompetencyEntry("C2", "Refers", "")])
    db.session.commit()
    text = page(as_administrator, version)
    assert "1 competency of the framework is named by no module." in text
    assert text.count(">No module<") == 1
    assert "A1 names C9, which is not in the competency framework." in text


def comparisons(text):
    return re.findall(r'href="/curriculum-versions/([^/"]+)/compare/([^"]+)">([^<]+)</a>', text)


def test_versions_are_compared_from_the_older_one_to_the_newer_whichever_is_open(as_administrator):
    old = make_version()
    draft = add_version(None, old.curriculum_id, version_with_modules(old.id).document)
    db.session.commit()
    pair = (str(old.id), str(draft.id))
    assert comparisons(page(as_administrator, draft)) == [(*pair, "Compare with version 1")]
    assert comparisons(page(as_administrator, old)) == [(*pair, "Compare with version 2 (draft)")]


def test_a_version_of_another_curriculum_is_named_with_its_title(as_administrator):
    old, new = make_version(title="Advocacy"), make_version(title="Court support")
    pair = (str(old.id), str(new.id))
    assert comparisons(page(as_administrator, old)) == [(*pair, "Compare with Court support, version 1")]
    assert comparisons(page(as_administrator, new)) == [(*pair, "Compare with Advocacy, version 1")]
