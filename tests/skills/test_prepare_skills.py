"""What an administrator prepares: the rubrics of a version, and who may sign."""

from datetime import date, timedelta

from advocates import clock
from tests.factories.curriculum import make_version
from tests.factories.people import make_person
from tests.factories.skills import authorize_skills


def address(version_id):
    return f"/curriculum-versions/{version_id}/skills"


def test_shows_rubrics_and_who_may_sign(cohort, trainer, as_administrator):
    ended = make_person("Bo Carr", roles=["trainer"])
    authorize_skills(cohort, ended, skill="Listens reflectively", until_on=date(2026, 1, 1))
    later = make_person("Ines Marlow", roles=["trainer"])
    authorize_skills(cohort, later, from_on=clock.today() + timedelta(days=9))
    page = as_administrator.get(address(cohort.curriculum_version_id)).text
    for words in ("edition 1", "Rosa Ebel", "may sign", "over", "to come", "Names each limit that applies"):
        assert words in page
    assert "Use the shipped rubrics" not in page


def test_offers_the_shipped_rubrics_where_there_are_none(as_administrator):
    page = as_administrator.get(address(make_version().id)).text
    assert "6 skills have no rubric yet." in page
    assert "Use the shipped rubrics" in page
    assert "Nobody may sign yet." in page


def test_others_are_refused(cohort, client, as_trainer):
    assert client.get(address(cohort.curriculum_version_id)).location.startswith("/sign-in")
    assert as_trainer.get(address(cohort.curriculum_version_id)).status_code == 403
