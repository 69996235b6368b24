"""The framework and the modules of the newest versions that answer it."""

import json

import pytest
from sqlalchemy import select, update

from advocates.curriculum.competencies import import_competencies
from advocates.curriculum.importing import copy_version
from advocates.curriculum.models import VersionModule
from advocates.curriculum.rules import CompetencyEntry
from advocates.database import db
from tests.budgets import statements
from tests.factories.curriculum import make_version
from tests.factories.people import make_person

ADDRESS = "/competencies"


def add_framework(administrator, count=2):
    import_competencies(administrator.id, [CompetencyEntry(f"C{n}", f"Can {n}", "skills") for n in range(count)])
    db.session.commit()


def name(version, key, competencies):
    db.session.execute(
        update(VersionModule)
        .where(VersionModule.version_id == version.id, VersionModule.key == key)
        .values(competencies=json.dumps(competencies))
    )
    db.session.commit()


def test_an_empty_page_leads_to_the_import(as_administrator):
    assert "/competencies/import" in as_administrator.get(ADDRESS).text


def test_a_competency_stands_with_the_modules_that_name_it(as_administrator, administrator):
    add_framework(administrator)
    name(make_version(is_published=False), "A3", ["C1"])
    text = as_administrator.get(ADDRESS).text
    assert ">A3 Impact of trauma from violent crime</a>" in text
    assert text.count(">No module<") == 1


def test_only_the_newest_version_of_a_curriculum_counts(as_administrator, administrator):
    add_framework(administrator)
    version = make_version(is_published=False)
    name(version, "A3", ["C1"])
    copied_id = copy_version(administrator.id, version.id)
    db.session.commit()
    copied = db.session.scalars(select(VersionModule).filter_by(version_id=copied_id, key="A3")).one()
    copied.competencies = "[]"
    db.session.commit()
    assert as_administrator.get(ADDRESS).text.count(">No module<") == 2


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_three_statements_however_many_competencies(as_administrator, administrator, rows):
    add_framework(administrator, rows)
    with statements() as sent:
        as_administrator.get(ADDRESS)
    assert len(sent) <= 3  # the sign-in; the framework; the modules that name competencies


def test_a_trainee_may_not_read_it(client):
    assert client.get(ADDRESS).location.startswith("/sign-in")
    client.sign_in(make_person("Wen Harlow", roles=["trainee"]).id)
    assert client.get(ADDRESS).status_code == 403
