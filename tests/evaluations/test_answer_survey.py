"""The form by a private link, without an account."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from advocates import clock
from advocates.audit.checking import check_chain
from advocates.database import db, reading
from advocates.evaluations.models import SurveyAnswer, SurveyRound
from tests.budgets import statements
from tests.factories.evaluations import close, invitations_of, make_end_round, path_of
from tests.together import at_once


@pytest.fixture
def asked(cohort):
    """A round of two people, and the path of the first link."""
    round_ = make_end_round(cohort, 2)
    return round_, path_of(invitations_of(round_)[0])


def stored():
    db.session.remove()
    return sorted((key, value) for key, value in db.session.execute(select(SurveyAnswer.question, SurveyAnswer.value)))


def test_the_page_says_that_nothing_depends_on_it_and_reading_changes_nothing(client, asked, cohort):
    round_, path = asked
    page = client.get(path)
    assert page.status_code == 200
    for said in (cohort.title, "nothing depends on it", "No thanks", "No real client details", "Very useful"):
        assert said in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert not invitations_of(round_)[0].is_done


def test_answers_are_stored_and_sent_again_they_count_once(client, asked):
    round_, path = asked
    fields = {"q1": "5", "q7": "2", "q8": "yes", "q9": "=SUM(1)"}
    responses = [client.post_form(path, fields) for _ in range(2)]
    assert [response.status_code for response in responses] == [303, 303]
    assert {response.location for response in responses} == {"/survey-answered"}
    assert stored() == [("q1", "5"), ("q7", "2"), ("q8", "yes"), ("q9", "=SUM(1)")]
    assert db.session.get(SurveyRound, round_.id).answered == 1
    page = client.get(path)
    assert page.status_code == 410
    assert "answered or declined" in page.text
    with reading():
        assert check_chain()[1] is None


def test_no_thanks_is_one_press_and_stores_no_answer(client, asked):
    round_, path = asked
    assert client.post_form(path, {"no_thanks": "1", "q1": "5"}).status_code == 303
    assert stored() == []
    assert invitations_of(round_)[0].is_done
    assert client.post_form(path, {"q1": "5"}).status_code == 303
    assert stored() == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Answer at least one question"),
        ({"q1": "9", "q9": "Kept words"}, "Choose one of the answers shown."),
        ({"q9": "Kept words" + "x" * 2000}, "at most 2,000"),
    ],
)
def test_what_is_wrong_gets_a_sentence_and_keeps_what_was_typed(client, asked, fields, said):
    round_, path = asked
    response = client.post_form(path, fields)
    assert response.status_code == 422
    assert said in response.text
    assert ("Kept words" in response.text) == ("q9" in fields)
    assert stored() == []
    assert not invitations_of(round_)[0].is_done


def test_a_survey_that_closes_while_somebody_writes_says_so_and_keeps_the_words(client, asked):
    round_, path = asked
    close(round_)
    response = client.post_form(path, {"q9": "My words"})
    assert response.status_code == 404  # the link leads nowhere any more
    assert stored() == []


def test_after_its_last_minute_nothing_is_stored_and_the_words_stay(client, asked, time):
    round_, path = asked
    late = round_.closes_at + timedelta(seconds=1)
    time._monkeypatch.setattr(clock, "now", lambda: late)
    response = client.post_form(path, {"q9": "My words"})
    assert response.status_code == 409
    assert "answers cannot be taken any more" in response.text
    assert "My words" in response.text
    assert stored() == []
    assert client.get(path).status_code == 410


def test_an_unknown_link_is_not_found_and_guessing_is_slowed_down(client, app):
    assert client.get("/surveys/no-such-token").status_code == 404
    assert client.post_form("/surveys/no-such-token", {"q1": "5"}).status_code == 404
    for number in range(60):
        client.get(f"/surveys/guess-{number}")
    assert client.get("/surveys/another").status_code == 429


def test_another_method_is_refused(client, asked):
    assert client.delete(asked[1]).status_code in {400, 405}
    assert client.get(asked[1]).status_code == 200


def test_of_two_browsers_at_once_one_answer_counts(app, asked):
    path = asked[1]
    clients = [app.test_client(), app.test_client()]
    works = [lambda each=each: each.post_form(path, {"q1": "4"}).status_code for each in clients]
    assert at_once(app, *works) == [303, 303]
    assert len(stored()) == 1


def test_two_people_at_once_are_both_counted(app, asked):
    round_id = asked[0].id
    pairs = [(app.test_client(), path_of(invitation)) for invitation in invitations_of(asked[0])]
    works = [lambda pair=pair: pair[0].post_form(pair[1], {"q1": "4"}).status_code for pair in pairs]
    assert at_once(app, *works) == [303, 303]
    assert stored() == [("q1", "4")] * 2
    assert db.session.get(SurveyRound, round_id).answered == 2


@pytest.mark.parametrize("people", [1, 3, 30])
def test_the_page_takes_two_statements(client, cohort, people):
    """Whether guessing is slowed down, and everything about the invitation."""
    path = path_of(invitations_of(make_end_round(cohort, people))[0])
    with statements() as sent:
        client.get(path)
    assert len(sent) == 2
