"""Skills signed for many people at once, by somebody who saw them."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from advocates import clock
from advocates.assessments.models import SkillSignOff
from advocates.database import db
from tests.budgets import statements
from tests.factories.cohorts import make_enrollment
from tests.factories.curriculum import shipped_document
from tests.factories.people import grant_role, make_person

SKILLS = shipped_document().rules.skills


def address(cohort):
    return f"/cohorts/{cohort.id}/skills"


def ticked(*rows, observed_on=None, **more):
    """The form as sent: rows are (enrollment, skills)."""
    data = {"observed_on": str(observed_on or clock.today()), **more}
    return data | {f"p-{enrollment.id}-skills": list(skills) for enrollment, skills in rows}


def signed():
    return {(row.enrollment_id, row.skill) for row in db.session.scalars(select(SkillSignOff))}


def test_a_trainer_signs_several_people_at_once(cohort, enrollment, trainer, as_trainer):
    second = make_enrollment(cohort, "Łucja Nowak")
    response = as_trainer.post_form(address(cohort), ticked((enrollment, SKILLS), (second, SKILLS[:1])))
    assert response.status_code == 303
    assert signed() == {(enrollment.id, skill) for skill in SKILLS} | {(second.id, SKILLS[0])}
    page = as_trainer.get(address(cohort)).text
    assert "6 of 6 signed" in page
    assert "1 of 6 signed" in page
    assert "Rosa Ebel" in page
    row = db.session.scalars(select(SkillSignOff).limit(1)).one()
    assert (row.signed_by, row.observed_on) == (trainer.id, clock.today())


def test_a_skill_signed_meanwhile_keeps_its_first_signature(cohort, enrollment, trainer, as_trainer, as_administrator):
    as_trainer.post_form(address(cohort), ticked((enrollment, SKILLS[:2])))
    response = as_administrator.post_form(address(cohort), ticked((enrollment, SKILLS[1:3])))
    assert response.status_code == 303
    rows = db.session.scalars(select(SkillSignOff)).all()
    assert len(rows) == 3
    assert {row.signed_by for row in rows if row.skill in SKILLS[:2]} == {trainer.id}


def test_the_same_form_sent_twice_signs_once(cohort, enrollment, as_trainer):
    data = ticked((enrollment, SKILLS[:2]), request_key=str(uuid.uuid4()))
    for _ in range(2):
        assert as_trainer.post_form(address(cohort), data).status_code == 303
    assert len(signed()) == 2


@pytest.mark.parametrize(
    ("skills", "days", "sentence"),
    [
        ((), 0, "Tick at least one skill."),
        (("Juggles",), 0, "cannot be signed by you"),
        ((SKILLS[0], "\x00"), 0, "cannot be signed by you"),
        (SKILLS[:1], 1, "This day is still to come."),
    ],
)
def test_wrong_input_signs_nothing_and_keeps_the_ticks(cohort, enrollment, as_trainer, skills, days, sentence):
    data = ticked((enrollment, skills), observed_on=clock.today() + timedelta(days=days))
    response = as_trainer.post_form(address(cohort), data)
    assert response.status_code == 422
    assert sentence in response.text
    assert response.text.count("checked") == len([skill for skill in skills if skill in SKILLS])
    assert signed() == set()


def test_strangers_trainees_and_other_trainers_are_refused(cohort, enrollment, client, as_trainee, as_other_trainer):
    data = ticked((enrollment, SKILLS))
    assert client.get(address(cohort)).location.startswith("/sign-in")
    assert as_trainee.post_form(address(cohort), data).status_code == 403
    assert as_other_trainer.get(address(cohort)).status_code == 404
    assert as_other_trainer.post_form(address(cohort), data).status_code == 404
    assert signed() == set()


def test_nobody_signs_for_themself(cohort, enrollment, sign_in):
    both = make_person("Ines Marlow", roles=["trainee"])
    grant_role(both, "trainer", cohort.id)
    own = make_enrollment(cohort, person=both)
    as_both = sign_in(both.id)
    assert f"p-{own.id}-skills" not in as_both.get(address(cohort)).text
    assert as_both.post_form(address(cohort), ticked((own, SKILLS), (enrollment, SKILLS))).status_code == 422
    assert signed() == set()


def test_a_graduate_is_shown_but_no_longer_signed(cohort, as_trainer):
    done = make_enrollment(cohort, "Mei Tan", status="completed")
    page = as_trainer.get(address(cohort)).text
    assert "Mei Tan" in page
    assert f"p-{done.id}-skills" not in page
    assert as_trainer.post_form(address(cohort), ticked((done, SKILLS))).status_code == 422


def test_an_empty_cohort_says_so(cohort, as_trainer):
    assert "Nobody is enrolled in this cohort yet." in as_trainer.get(address(cohort)).text


@pytest.mark.parametrize("people", [1, 3, 30])
def test_the_sheet_costs_the_same_for_thirty(cohort, as_trainer, people):
    rows = [make_enrollment(cohort, f"Person {n}") for n in range(people)]
    as_trainer.post_form(address(cohort), ticked(*[(row, SKILLS[:3]) for row in rows]))
    with statements() as shown:
        as_trainer.get(address(cohort))
    # who; cohort; roster; rules; attempts, sign-offs, signatures; names of who signed
    assert len(shown) == 9
    with statements() as saved:
        as_trainer.post_form(address(cohort), ticked(*[(row, SKILLS[3:]) for row in rows]))
    # as for the sheet of scores
    assert len(saved) <= 22
