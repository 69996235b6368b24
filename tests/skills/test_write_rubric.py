"""A rubric is written anew, never changed."""

from advocates.skills.queries import rubrics_of
from tests.skills.conftest import SKILLS


def address(cohort, number=1):
    return f"/curriculum-versions/{cohort.curriculum_version_id}/skills/{number}/rubric"


def editions(cohort):
    return rubrics_of([cohort.curriculum_version_id])[cohort.curriculum_version_id, SKILLS[0]]


def test_saving_makes_the_next_edition(cohort, as_administrator):
    page = as_administrator.get(address(cohort)).text
    assert "Edition 1 is in force." in page
    data = {"required": "Asks first\nWaits", "optional": "Offers tea", "seen": as_administrator.seen(address(cohort))}
    assert as_administrator.post_form(address(cohort), data).status_code == 303
    newest, first = editions(cohort)
    assert (newest.number, first.number) == (2, 1)
    assert [(each.text, each.is_required) for each in newest.criteria] == [
        ("Asks first", True),
        ("Waits", True),
        ("Offers tea", False),
    ]


def test_the_same_words_make_no_edition(cohort, as_administrator):
    criteria = editions(cohort)[0].criteria
    data = {
        "required": "\n".join(each.text for each in criteria if each.is_required),
        "optional": "\n".join(each.text for each in criteria if not each.is_required),
        "seen": as_administrator.seen(address(cohort)),
    }
    assert as_administrator.post_form(address(cohort), data).status_code == 303
    assert len(editions(cohort)) == 1


def test_wrong_input_is_kept_and_changes_nothing(cohort, as_administrator):
    seen = as_administrator.seen(address(cohort))
    for required, optional, sentence in (
        ("", "Offers tea", "Type at least one criterion."),
        ("Asks\nasks", "Offers tea", "stands here twice"),
        ("\n".join(f"Does {n}" for n in range(13)), "Offers tea", "at most 12"),
    ):
        data = {"required": required, "optional": optional, "seen": seen}
        response = as_administrator.post_form(address(cohort), data)
        assert response.status_code == 422
        assert sentence in response.text
        assert "Offers tea" in response.text
    assert len(editions(cohort)) == 1


def test_what_somebody_else_wrote_meanwhile_is_shown(cohort, as_administrator):
    seen = as_administrator.seen(address(cohort))
    as_administrator.post_form(address(cohort), {"required": "Asks", "optional": "", "seen": seen})
    response = as_administrator.post_form(address(cohort), {"required": "Waits", "optional": "", "seen": seen})
    assert response.status_code == 409
    assert "Asks" in response.text
    assert len(editions(cohort)) == 2


def test_others_are_refused(cohort, client, as_trainer, as_administrator):
    assert client.get(address(cohort)).location.startswith("/sign-in")
    assert as_trainer.get(address(cohort)).status_code == 403
    assert as_administrator.get(address(cohort, 9)).status_code == 404
