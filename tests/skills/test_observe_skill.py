"""A form for each person: what is seen is signed, or tried again. It works without JavaScript."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from advocates import clock
from advocates.assessments.models import SkillSignOff
from advocates.database import db, new_id
from advocates.skills.models import SkillObservation
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.people import grant_role, make_person
from tests.factories.skills import authorize_skills, entry_of, rubric_of, see
from tests.skills.conftest import SKILLS

SKILL = SKILLS[0]


def address(cohort):
    return f"/cohorts/{cohort.id}/skills/{cohort.curriculum_version_id}/1"


def form_of(cohort, enrollment, outcome="done", *, met=range(5), **more):
    named = {
        "met": [str(place) for place in met],
        "observed_on": str(clock.today()),
        "next_try_on": "",
        "base_version": "0",
        "client_key": str(new_id()),
        "rubric_id": str(rubric_of(cohort, SKILL).id),
    }
    more = {name.replace("__", "-"): value for name, value in more.items()}
    outer = {name: more.pop(name) for name in list(more) if name not in named}
    sent = {f"p-{enrollment.id}-{name}": value for name, value in (named | more).items()}
    return {"enrollment_id": str(enrollment.id), "outcome": outcome, **sent, **outer}


def seen():
    db.session.expire_all()
    rows = db.session.scalars(select(SkillObservation).order_by(SkillObservation.version))
    return [(row.enrollment_id, row.outcome.value) for row in rows]


def test_done_signs_the_skill(cohort, enrollment, trainer, as_trainer):
    assert "Asks first whether the person is safe" in as_trainer.get(address(cohort)).text
    assert as_trainer.post_form(address(cohort), form_of(cohort, enrollment)).status_code == 303
    page = as_trainer.get(address(cohort)).text
    assert "signed" in page
    assert "Rosa Ebel" in page
    assert f"p-{enrollment.id}-met" not in page
    assert db.session.scalars(select(SkillSignOff.signed_by)).one() == trainer.id


def test_not_yet_says_when_the_next_try_is(cohort, enrollment, as_trainer):
    day = clock.today() + timedelta(days=7)
    data = form_of(cohort, enrollment, "not_yet", met=[0, 2], next_try_on=str(day))
    assert as_trainer.post_form(address(cohort), data).status_code == 303
    page = as_trainer.get(address(cohort)).text
    assert "another try" in page
    assert "next try on" in page
    # What was seen at the first try is ticked at the next.
    assert page.count(" checked") == 2
    assert seen() == [(enrollment.id, "not_yet")]


def test_the_same_form_sent_twice_is_recorded_once(cohort, enrollment, as_trainer):
    data = form_of(cohort, enrollment, request_key=str(uuid.uuid4()))
    for _ in range(2):
        assert as_trainer.post_form(address(cohort), data).status_code == 303
    assert len(seen()) == 1


@pytest.mark.parametrize(
    ("outcome", "fields", "sentence"),
    [
        ("done", {"met": ["0", "1"]}, "Done needs every criterion"),
        ("maybe", {}, "Choose Done or Not yet."),
        ("done", {"observed_on": ""}, "Say on which day you saw it."),
        ("done", {"observed_on": "2999-01-01"}, "This day is still to come."),
        ("not_yet", {"next_try_on": "2020-01-01"}, "The next try cannot be in the past."),
        ("done", {"base_version": "x"}, "no longer valid"),
        ("done", {"rubric_id": "nothing"}, "no longer valid"),
        ("done", {"met": ["0", "1", "2", "3", "4", "77"]}, "This rubric has changed."),
    ],
)
def test_wrong_input_records_nothing_and_keeps_the_ticks(cohort, enrollment, as_trainer, outcome, fields, sentence):
    response = as_trainer.post_form(
        address(cohort),
        form_of(cohort, enrollment, outcome) | {f"p-{enrollment.id}-{name}": value for name, value in fields.items()},
    )
    assert response.status_code == 422
    assert sentence in response.text
    assert response.text.count(" checked") == min(5, len(fields.get("met", range(5))))
    assert seen() == []


def test_somebody_elses_different_word_is_shown_and_a_choice_asked(cohort, enrollment, second, as_trainer):
    see(second, cohort, SKILL, entry_of(cohort, enrollment, SKILL, "not_yet"))
    response = as_trainer.post_form(address(cohort), form_of(cohort, enrollment))
    assert response.status_code == 409
    assert "Somebody else recorded this meanwhile" in response.text
    assert "Bo Carr" in response.text
    assert f'name="p-{enrollment.id}-base_version" type="hidden" value="1"' in response.text
    knowingly = form_of(cohort, enrollment, base_version="1")
    assert as_trainer.post_form(address(cohort), knowingly).status_code == 303
    assert seen() == [(enrollment.id, "not_yet"), (enrollment.id, "done")]


def test_who_is_not_authorized_sees_no_form_and_is_told_who_is(cohort, enrollment, trainer, sign_in):
    other = make_person("Bo Carr", roles=["trainer"], cohort_id=cohort.id)
    page = sign_in(other.id).get(address(cohort)).text
    assert "You are not authorized to sign this skill. These people are: Rosa Ebel." in page
    assert f"p-{enrollment.id}-met" not in page
    response = sign_in(other.id).post_form(address(cohort), form_of(cohort, enrollment))
    assert response.status_code == 422
    assert seen() == []


def test_an_administrator_signs_no_more_than_they_are_authorized_for(cohort, enrollment, as_administrator):
    assert "Nobody is authorized to sign this skill yet." in as_administrator.get(address(cohort)).text
    assert as_administrator.post_form(address(cohort), form_of(cohort, enrollment)).status_code == 422
    assert seen() == []


def test_nobody_signs_for_themself(cohort, sign_in):
    both = make_person("Ines Marlow", roles=["trainee"])
    grant_role(both, "trainer", cohort.id)
    authorize_skills(cohort, both)
    own = make_enrollment(cohort, person=both)
    as_both = sign_in(both.id)
    assert "Your own: a colleague signs it." in as_both.get(address(cohort)).text
    response = as_both.post_form(address(cohort), form_of(cohort, own))
    assert response.status_code == 422
    assert "Nobody signs for themself." in response.text
    assert seen() == []


def test_without_a_rubric_nothing_is_signed(as_administrator):
    fresh = make_cohort()
    make_enrollment(fresh)
    page = as_administrator.get(address(fresh)).text
    assert "This skill has no rubric yet" in page
    assert "Write the rubric" in page


def test_strangers_trainees_and_other_trainers_are_refused(cohort, enrollment, client, as_trainee, as_other_trainer):
    data = form_of(cohort, enrollment)
    assert client.get(address(cohort)).location.startswith("/sign-in")
    assert as_trainee.post_form(address(cohort), data).status_code == 403
    assert as_other_trainer.get(address(cohort)).status_code == 404
    assert as_other_trainer.post_form(address(cohort), data).status_code == 404
    assert seen() == []


def test_a_skill_or_a_version_that_is_not_there_answers_404(cohort, as_trainer):
    base = f"/cohorts/{cohort.id}/skills"
    assert as_trainer.get(f"{base}/{cohort.curriculum_version_id}/7").status_code == 404
    assert as_trainer.get(f"{base}/{cohort.curriculum_version_id}/0").status_code == 404
    assert as_trainer.get(f"{base}/{uuid.uuid4()}/1").status_code == 404
    assert as_trainer.get(f"{base}/{make_cohort().curriculum_version_id}/1").status_code == 404
    assert as_trainer.put(address(cohort)).status_code in {400, 405}
