"""The sheet of a test: thirty scores in one form, all or none."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from advocates import clock
from advocates.assessments.models import AssessmentAttempt
from advocates.audit.checking import check_chain
from advocates.database import db, reading
from tests.budgets import statements
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.people import grant_role, make_person


def address(cohort, test="post_test"):
    return f"/cohorts/{cohort.id}/tests?test={test}"


def typed(*rows, taken_on=None, questions=50, **more):
    """The form as typed: rows are (enrollment, score), or with the attempt's number and a reason."""
    data = {"taken_on": str(taken_on or clock.today()), "questions": str(questions), **more}
    for enrollment, score, *rest in rows:
        number, reason = (*rest, *(1, "")[len(rest) :])
        data[f"p-{enrollment.id}-score"] = str(score)
        data[f"p-{enrollment.id}-number"] = str(number)
        if reason:
            data[f"p-{enrollment.id}-reason"] = reason
    return data


def attempts():
    query = select(AssessmentAttempt).order_by(AssessmentAttempt.recorded_at, AssessmentAttempt.number)
    return [(a.kind.value, a.number, a.score, a.questions) for a in db.session.scalars(query)]


def test_a_trainer_saves_only_the_filled_rows(cohort, enrollment, trainer, as_trainer):
    second, third = make_enrollment(cohort, "Łucja Nowak"), make_enrollment(cohort, "Nguyễn An")
    data = typed((enrollment, 41), (second, ""), (third, 20))
    response = as_trainer.post_form(address(cohort), data)
    assert response.status_code == 303
    rows = {row.enrollment_id: row for row in db.session.scalars(select(AssessmentAttempt))}
    assert {id_: row.score for id_, row in rows.items()} == {enrollment.id: 41, third.id: 20}
    assert rows[third.id].recorded_by == trainer.id
    page = as_trainer.get(response.location).text
    assert "The scores are saved." in page
    assert "41 of 50" in page
    assert "Not passed" in page
    assert "2 attempts left" in page
    with reading():
        assert check_chain()[1] is None


def test_the_first_sheet_shown_is_the_pre_test_until_somebody_took_it(cohort, enrollment, as_trainer):
    page = as_trainer.get(f"/cohorts/{cohort.id}/tests").text
    assert "<caption>Pre-test</caption>" in page
    as_trainer.post_form(address(cohort, "pre_test"), typed((enrollment, 3), questions=20))
    assert attempts() == [("pre_test", 1, 3, 20)]
    assert "<caption>Post-test</caption>" in as_trainer.get(f"/cohorts/{cohort.id}/tests").text


def test_a_stranger_is_sent_to_sign_in(cohort, client):
    assert client.get(address(cohort)).location.startswith("/sign-in")


def test_a_trainee_may_not_see_the_sheet(cohort, as_trainee):
    assert as_trainee.get(address(cohort)).status_code == 403


def test_the_sheet_of_another_cohort_is_not_found(cohort, enrollment, as_other_trainer):
    assert as_other_trainer.get(address(cohort)).status_code == 404
    assert as_other_trainer.post_form(address(cohort), typed((enrollment, 41))).status_code == 404
    assert as_other_trainer.get(address(make_cohort())).status_code == 404
    assert attempts() == []


@pytest.mark.parametrize(
    ("score", "questions", "sentence"),
    [
        ("51", "50", "There are fewer questions than right answers."),
        ("30", "40", "The curriculum asks for a post-test with more questions."),
        ("many", "50", "Type a whole number."),
        ("-1", "50", "Type a number from 0 to the number of questions."),
        ("9" * 30, "50", "Type a number from 0 to the number of questions."),
        ("41", "0", "Type a number from 1 to 1000."),
        ("41", "", "Say how many questions the test has."),
        ("", "50", "Type at least one score."),
    ],
)
def test_a_wrong_row_is_told_at_its_field_and_nothing_is_saved(
    cohort, enrollment, as_trainer, score, questions, sentence
):
    right = make_enrollment(cohort, "Łucja Nowak")
    rows = [(enrollment, score), (right, "44" if score else "")]
    response = as_trainer.post_form(address(cohort), typed(*rows, questions=questions))
    assert response.status_code == 422
    assert sentence in response.text
    assert f'value="{score}"' in response.text
    assert score == "" or 'value="44"' in response.text
    assert attempts() == []


def test_a_day_to_come_is_refused(cohort, enrollment, as_trainer):
    tomorrow = clock.today() + timedelta(days=1)
    response = as_trainer.post_form(address(cohort), typed((enrollment, 41), taken_on=tomorrow))
    assert response.status_code == 422
    assert "This day is still to come." in response.text
    assert attempts() == []


def test_the_same_form_sent_twice_records_one_attempt(cohort, enrollment, as_trainer):
    data = typed((enrollment, 20), request_key=str(uuid.uuid4()))
    first, second = as_trainer.post_form(address(cohort), data), as_trainer.post_form(address(cohort), data)
    assert first.location == second.location
    assert len(attempts()) == 1


def test_a_score_typed_on_a_stale_page_takes_no_second_attempt(cohort, enrollment, as_trainer):
    as_trainer.post_form(address(cohort), typed((enrollment, 20)))
    response = as_trainer.post_form(address(cohort), typed((enrollment, 20)))
    assert response.status_code == 422
    assert "A score was recorded in the meantime." in response.text
    assert len(attempts()) == 1


def test_a_pre_test_is_taken_once(cohort, enrollment, as_administrator):
    as_administrator.post_form(address(cohort, "pre_test"), typed((enrollment, 3)))
    response = as_administrator.post_form(address(cohort, "pre_test"), typed((enrollment, 5, 2, "program_decision")))
    assert response.status_code == 422
    assert "No attempt is left." in response.text


def test_after_the_last_attempt_only_an_administrator_grants_another_with_a_reason(
    cohort, enrollment, as_trainer, as_administrator
):
    for number in (1, 2, 3):
        as_trainer.post_form(address(cohort), typed((enrollment, 20 + number, number)))
    page = as_trainer.get(address(cohort)).text
    assert "An administrator may grant another." in page
    assert f"p-{enrollment.id}-score" not in page
    refused = as_trainer.post_form(address(cohort), typed((enrollment, 40, 4, "after_coaching")))
    assert refused.status_code == 422
    assert "No attempt is left." in refused.text
    without = as_administrator.post_form(address(cohort), typed((enrollment, 40, 4)))
    assert without.status_code == 422
    assert "Choose the reason for a further attempt." in without.text
    assert as_administrator.post_form(address(cohort), typed((enrollment, 40, 4, "after_coaching"))).status_code == 303
    assert attempts()[-1] == ("post_test", 4, 40, 50)
    fourth = db.session.scalars(select(AssessmentAttempt).filter_by(number=4)).one()
    assert fourth.beyond_limit_reason_code == "after_coaching"


def test_nobody_records_their_own_score(cohort, trainer, sign_in):
    both = make_person("Ines Marlow", roles=["trainee"])
    grant_role(both, "trainer", cohort.id)
    own = make_enrollment(cohort, person=both)
    as_both = sign_in(both.id)
    page = as_both.get(address(cohort)).text
    assert "a colleague records it" in page
    assert f"p-{own.id}-score" not in page
    response = as_both.post_form(address(cohort), typed((own, 50)))
    assert response.status_code == 422
    assert "Nobody records their own score." in response.text
    assert attempts() == []


def test_who_left_the_training_gets_no_score(cohort, as_trainer):
    gone = make_enrollment(cohort, "Pavel Orme", status="withdrawn")
    done = make_enrollment(cohort, "Mei Tan", status="completed")
    page = as_trainer.get(address(cohort)).text
    assert "Pavel Orme" not in page
    assert "Mei Tan" in page
    assert as_trainer.post_form(address(cohort), typed((gone, 41))).status_code == 422
    refused = as_trainer.post_form(address(cohort), typed((done, 41)))
    assert "This person is not in training in this cohort." in refused.text
    assert attempts() == []


def test_an_empty_cohort_says_so(cohort, as_trainer):
    assert "Nobody is enrolled in this cohort yet." in as_trainer.get(address(cohort)).text


@pytest.mark.parametrize("people", [1, 3, 30])
def test_the_sheet_costs_the_same_for_thirty(cohort, as_trainer, people):
    rows = [(make_enrollment(cohort, f"Person {n}"), 30) for n in range(people)]
    as_trainer.post_form(address(cohort), typed(*rows))
    with statements() as shown:
        as_trainer.get(address(cohort))
    # who; cohort; roster; rules; transfers, attempts, sign-offs, signatures
    assert len(shown) == 8
    again = typed(*[(enrollment, 40, 2) for enrollment, _ in rows])
    with statements() as saved:
        assert as_trainer.post_form(address(cohort), again).status_code == 303
    # who; request key; cohort; roster, rules, 4 facts; lock, 4 facts, rules; attempts; audit head and its 3 writes; key
    assert len(saved) <= 22
