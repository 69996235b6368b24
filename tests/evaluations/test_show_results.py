"""What people answered: after closing, from five on, and for each question from five of its own."""

import pytest

from tests.budgets import statements
from tests.factories.evaluations import answer_all, close, make_end_round

SEVEN = [{"q1": str(n % 3 + 3), "q8": "yes", "q9": f"Thing {n}"} | ({"q7": "2"} if n < 4 else {}) for n in range(7)]


def page_of(client, round_):
    page = client.get(f"/survey-rounds/{round_.id}")
    assert page.status_code == 200
    return page.text.replace("&nbsp;", " ").replace("\xa0", " ")


def test_seven_answers_are_shown_once_it_is_closed(as_trainer, cohort):
    round_ = make_end_round(cohort, 9)
    answer_all(round_, SEVEN)
    before = page_of(as_trainer, round_)
    assert "once this survey is closed" in before
    assert "Thing" not in before
    assert "7 (77 %)" in before
    close(round_)
    shown = page_of(as_trainer, round_)
    assert "7 answered; mean 3.9 of 5." in shown
    assert all(f"Thing {n}" in shown for n in range(7))
    assert "Fewer than 5 people answered this question" in shown
    assert "about right" not in shown


def test_three_answers_stay_hidden_for_good(as_trainer, cohort):
    round_ = make_end_round(cohort, 9)
    answer_all(round_, SEVEN[:3])
    close(round_)
    shown = page_of(as_trainer, round_)
    assert "stay hidden for good" in shown
    assert "Thing" not in shown


def test_strangers_trainees_and_trainers_of_others_are_refused(client, as_trainee, as_another_trainer, cohort):
    address = f"/survey-rounds/{make_end_round(cohort).id}"
    got = [each.get(address).status_code for each in (client, as_trainee, as_another_trainer)]
    assert got == [303, 403, 404]
    assert as_another_trainer.post_form(address).status_code == 405


@pytest.mark.parametrize("people", [5, 30])
def test_it_takes_three_statements(as_trainer, cohort, people):
    """Who is signed in, the round with its questions, and the answers."""
    round_ = make_end_round(cohort, people)
    answer_all(round_, [{"q1": "4", "q9": "Time"}] * people)
    close(round_)
    with statements() as sent:
        as_trainer.get(f"/survey-rounds/{round_.id}")
    assert len(sent) == 3
