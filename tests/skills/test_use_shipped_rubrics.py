"""The shipped rubrics, for each skill that has none."""

from advocates.curriculum.shipped import shipped_documents
from advocates.skills.queries import rubrics_of
from advocates.skills.rules import rubric_problem
from advocates.skills.writing import shipped_rubrics
from tests.factories.curriculum import make_version


def address(version):
    return f"/curriculum-versions/{version.id}/skills/shipped"


def test_every_skill_of_a_shipped_curriculum_has_a_sound_rubric():
    rubrics = shipped_rubrics()
    for document in shipped_documents().values():
        for skill in document.rules.skills:
            assert rubric_problem(rubrics[skill]) is None
            assert 4 <= len(rubrics[skill]) <= 6


def test_adds_them_once(as_administrator):
    version = make_version()
    for _ in range(2):
        assert as_administrator.post_form(address(version)).status_code == 303
    editions = rubrics_of([version.id])
    assert {len(each) for each in editions.values()} == {1}
    assert len(editions) == 6


def test_others_are_refused(cohort, client, as_trainer, as_administrator):
    version = make_version()
    assert client.post_form(address(version)).location.startswith("/sign-in")
    assert as_trainer.post_form(address(version)).status_code == 403
    assert as_administrator.get(address(version)).status_code == 405
    assert rubrics_of([version.id]) == {}
