"""The surveys of a cohort with how many answered."""

import pytest

from advocates.database import db
from advocates.evaluations.opening import About, open_round
from advocates.evaluations.rules import SurveyKind
from tests.budgets import statements
from tests.factories.cohorts import make_enrollment
from tests.factories.evaluations import answer_all, be_present, make_end_round
from tests.factories.people import make_person
from tests.factories.schedule import make_session


def test_it_says_how_many_were_asked_and_answered(as_trainer, cohort):
    answer_all(make_end_round(cohort, 4), [{"q1": "4"}])
    page = as_trainer.get(f"/cohorts/{cohort.id}/surveys")
    assert page.status_code == 200
    for said in ("At the end of the training", "open", "(25\xa0%)", "After each session"):
        assert said in page.text.replace("&nbsp;", "\xa0")


def test_an_empty_list_says_so(as_trainer, cohort):
    assert "No survey was opened" in as_trainer.get(f"/cohorts/{cohort.id}/surveys").text


def test_strangers_trainees_and_trainers_of_others_are_refused(client, as_trainee, as_another_trainer, cohort):
    address = f"/cohorts/{cohort.id}/surveys"
    got = [each.get(address).status_code for each in (client, as_trainee, as_another_trainer)]
    assert got == [303, 403, 404]
    assert as_another_trainer.post_form(address).status_code == 405


@pytest.mark.parametrize("number", [1, 3, 30])
def test_it_takes_four_statements(as_trainer, cohort, number):
    """Who is signed in, the cohort, its rounds, and what opens by itself."""
    trainer, enrollment = make_person("Bo Carr"), make_enrollment(cohort)
    for _ in range(number):
        session = make_session(cohort)
        be_present(session, [enrollment], trainer)
        open_round(None, cohort.id, About(SurveyKind.SESSION, session.id))
    db.session.commit()
    with statements() as sent:
        as_trainer.get(f"/cohorts/{cohort.id}/surveys")
    assert len(sent) == 4
