"""The skills of a cohort: how far everybody is, who may sign, and what is to be prepared."""

from datetime import date

import pytest

from tests.budgets import statements
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.people import make_person
from tests.factories.skills import entry_of, see
from tests.skills.conftest import SKILLS


def address(cohort):
    return f"/cohorts/{cohort.id}/skills"


def test_shows_how_far_everybody_is_and_the_next_tries(cohort, trainer, enrollment, as_trainer):
    see(trainer, cohort, SKILLS[0], entry_of(cohort, enrollment, SKILLS[0]))
    again = entry_of(cohort, enrollment, SKILLS[1], "not_yet", next_try_on=date(2099, 12, 3))
    see(trainer, cohort, SKILLS[1], again)
    page = as_trainer.get(address(cohort)).text
    for words in ("1 of 1 signed", "1 of 6 signed", "1 tries again", "Dec 3, 2099", "May sign today: Rosa Ebel"):
        assert words in page
    assert "Take back" in page


def test_says_what_an_administrator_has_to_do_first(as_administrator, sign_in):
    fresh = make_cohort()
    make_enrollment(fresh, "Wen Harlow")
    page = as_administrator.get(address(fresh)).text
    assert "Not all skills can be signed yet" in page
    assert "Write the rubrics" in page
    assert "Authorize all trainers of this cohort" in page


def test_a_trainer_is_told_whom_to_ask(sign_in):
    fresh = make_cohort()
    make_enrollment(fresh, "Wen Harlow")
    trainer = make_person("Rosa Ebel", roles=["trainer"], cohort_id=fresh.id)
    page = sign_in(trainer.id).get(address(fresh)).text
    assert "Ask an administrator" in page
    assert "Authorize all trainers" not in page


def test_an_empty_cohort_says_so(cohort, as_trainer):
    assert "Nobody is enrolled in this cohort yet." in as_trainer.get(address(cohort)).text


def test_strangers_trainees_and_other_trainers_are_refused(cohort, client, as_trainee, as_other_trainer):
    assert client.get(address(cohort)).location.startswith("/sign-in")
    assert as_trainee.get(address(cohort)).status_code == 403
    assert as_other_trainer.get(address(cohort)).status_code == 404
    assert as_other_trainer.post_form(address(cohort)).status_code == 405


@pytest.mark.parametrize("people", [1, 3, 30])
def test_it_costs_the_same_for_thirty(cohort, trainer, as_trainer, people):
    rows = [make_enrollment(cohort, f"Person {n}") for n in range(people)]
    see(trainer, cohort, SKILLS[0], *[entry_of(cohort, row, SKILLS[0]) for row in rows])
    with statements() as sent:
        as_trainer.get(address(cohort))
    # who; cohort; roster; rules; attempts, sign-offs, signatures, transfers; observations; rubrics; who may; names
    assert len(sent) <= 13
