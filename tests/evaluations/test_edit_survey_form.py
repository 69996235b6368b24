"""Changing what a survey asks: a new version, and open surveys keep their questions."""

import pytest
from sqlalchemy import select

from advocates.database import db
from advocates.evaluations.models import SurveyForm
from advocates.evaluations.rules import Question, QuestionKind, Scale, questions_from_json
from tests.factories.evaluations import invitations_of, make_end_round, path_of

ADDRESS = "/survey-forms/end"
FIELDS = {
    "number": "1",
    "q1-text": "How was it?", "q1-kind": "rating", "q1-scale": "useful",
    "q3-text": "The room was", "q3-kind": "choice", "q3-scale": "agree", "q3-choices": "small\nright\n",
    **{f"q{n}-kind": "text" for n in (2, 4, 5, 6, 7, 8, 9, 10)},
    **{f"q{n}-scale": "agree" for n in (2, 4, 5, 6, 7, 8, 9, 10)},
}  # fmt: skip


def test_the_next_survey_asks_it_and_an_open_one_keeps_its_questions(client, as_administrator, cohort):
    path = path_of(invitations_of(make_end_round(cohort))[0])
    assert as_administrator.post_form(ADDRESS, FIELDS).status_code == 303
    forms = db.session.scalars(select(SurveyForm).order_by(SurveyForm.number)).all()
    assert [form.number for form in forms] == [1, 2]
    assert questions_from_json(forms[1].questions) == (
        Question("q1", QuestionKind.RATING, "How was it?", Scale.USEFUL),
        Question("q2", QuestionKind.CHOICE, "The room was", choices=("small", "right")),
    )
    assert "How was it?" in as_administrator.get("/survey-forms").text
    assert "The trainers explained well." in client.get(path).text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"q3-choices": "only one"}, "Write 2 to 8 different choices"),
        ({"q1-text": "", "q3-text": ""}, "at least one question"),
        ({"q1-kind": "essay"}, "Not a valid choice"),
    ],
)
def test_bad_input_is_refused_and_kept(as_administrator, change, said):
    response = as_administrator.post_form(ADDRESS, {**FIELDS, **change})
    assert response.status_code == 422
    assert said in response.text
    assert ("The room was" in response.text) == ("q3-text" not in change)
    assert not db.session.scalars(select(SurveyForm)).all()


def test_the_same_again_adds_nothing_and_an_overtaken_version_is_told(as_administrator):
    as_administrator.post_form(ADDRESS, FIELDS)
    same = as_administrator.post_form(ADDRESS, {**FIELDS, "number": "2"})
    assert same.status_code == 422
    assert "exactly this already" in same.text
    overtaken = as_administrator.post_form(ADDRESS, {**FIELDS, "q1-text": "Another"})
    assert overtaken.status_code == 409
    assert "Another" in overtaken.text
    assert db.session.query(SurveyForm).count() == 2


def test_strangers_and_trainers_are_refused_and_no_other_kind_is_found(client, as_trainer, as_administrator, cohort):
    assert client.get(ADDRESS).status_code == 303
    assert as_trainer.get(ADDRESS).status_code == 403
    assert as_trainer.post_form(ADDRESS, FIELDS).status_code == 403
    assert as_administrator.get("/survey-forms/other").status_code == 404
    assert as_administrator.get(ADDRESS).status_code == 200
