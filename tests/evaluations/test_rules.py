"""What is an answer, what is shown, and when surveys open and remind, as tables of cases."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocates.evaluations.rules import (
    MOST_QUESTIONS,
    SHIPPED,
    AnswerProblem,
    Question,
    QuestionKind,
    Scale,
    Standing,
    SurveyKind,
    follow_up_day,
    is_mail_due,
    is_survey_due,
    questions_from_json,
    questions_to_json,
    read_answers,
    standing,
    summarize,
)

NOW = datetime(2026, 10, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)
ASKED = (
    Question("q1", QuestionKind.RATING, "How useful?", Scale.USEFUL),
    Question("q2", QuestionKind.YES_NO, "Again?"),
    Question("q3", QuestionKind.CHOICE, "The pace was", choices=("slow", "right", "fast")),
    Question("q4", QuestionKind.TEXT, "What helped?"),
)


@pytest.mark.parametrize("kind", SurveyKind)
def test_the_shipped_forms_are_short_and_survive_storing(kind):
    questions = SHIPPED[kind]
    assert 4 <= len(questions) <= MOST_QUESTIONS
    assert len({question.key for question in questions}) == len(questions)
    assert questions_from_json(questions_to_json(questions)) == questions
    assert all((question.scale is not None) == (question.kind is QuestionKind.RATING) for question in questions)
    assert all(bool(question.choices) == (question.kind is QuestionKind.CHOICE) for question in questions)


@pytest.mark.parametrize(
    ("typed", "answers", "problems"),
    [
        ({"q1": "5", "q2": "no", "q3": "3", "q4": " Role-plays\r\nand time "},
         {"q1": "5", "q2": "no", "q3": "3", "q4": "Role-plays\nand time"}, {}),
        ({"q2": "yes"}, {"q2": "yes"}, {}),
        ({}, {}, {"": AnswerProblem.NOTHING}),
        ({"q4": "   "}, {}, {"": AnswerProblem.NOTHING}),
        ({"q1": "6"}, {}, {"q1": AnswerProblem.NO_SUCH_ANSWER}),
        ({"q3": "4", "q2": "yes"}, {"q2": "yes"}, {"q3": AnswerProblem.NO_SUCH_ANSWER}),
        ({"q4": "x" * 2001}, {}, {"q4": AnswerProblem.TOO_LONG}),
        ({"q4": "a\x00"}, {}, {"q4": AnswerProblem.NO_SUCH_TEXT}),
        ({"q9": "1", "q1": "1"}, {"q1": "1"}, {}),
    ],
)  # fmt: skip
def test_every_question_may_be_left_out_and_only_what_was_asked_is_answered(typed, answers, problems):
    assert read_answers(ASKED, typed) == (answers, problems)


@pytest.mark.parametrize(
    ("closed_at", "closes_at", "is_done", "expected"),
    [
        (None, NOW + DAY, False, Standing.OPEN),
        (None, NOW + DAY, True, Standing.DONE),
        (None, NOW, False, Standing.OVER),
        (NOW - DAY, NOW + DAY, True, Standing.OVER),
    ],
)
def test_who_may_still_answer(closed_at, closes_at, is_done, expected):
    assert standing(closes_at, closed_at, NOW, is_done=is_done) is expected


def results(answers, answered, *, is_closed=True):
    return summarize(ASKED, answers, invited=10, answered=answered, is_closed=is_closed)


@pytest.mark.parametrize(("answered", "is_closed", "shown"), [(5, True, True), (4, True, False), (9, False, False)])
def test_nothing_is_shown_before_five_answered_and_the_survey_is_closed(answered, is_closed, shown):
    found = results([("q1", "3")] * answered, answered, is_closed=is_closed)
    assert found.are_shown is shown
    assert found.rate == 10 * answered


def test_each_question_needs_five_answers_of_its_own():
    given = [("q1", value) for value in "55443"] + [("q2", "yes")] * 4 + [("q4", "Time")] * 4
    first, second, third, fourth = results(given, 7).questions
    assert (first.answered, first.counts, first.mean_in_tenths) == (5, (0, 0, 1, 2, 2), "4.2")
    assert first.percents == (0, 0, 20, 40, 40)
    assert [each.is_shown for each in (second, third, fourth)] == [False] * 3
    assert (second.counts, fourth.texts) == ((), ())


@given(st.lists(st.tuples(st.sampled_from(["q1", "q2"]), st.sampled_from(["1", "2"])), max_size=12), st.booleans())
def test_whatever_is_answered_fewer_than_five_say_nothing(pairs, is_closed):
    said = [(key, "yes" if key == "q2" else value) for key, value in pairs]
    found = results(said, len(pairs), is_closed=is_closed)
    assert found.are_shown == (is_closed and len(pairs) >= 5)
    for each in found.questions:
        assert each.is_shown == (sum(key == each.question.key for key, _ in pairs) >= 5)
        assert not each.is_shown or each.answered == sum(each.counts)


@pytest.mark.parametrize(
    ("ends_on", "expected"),
    [
        (date(2026, 6, 19), date(2026, 12, 19)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 30), date(2028, 2, 29)),
        (date(2026, 12, 1), date(2027, 6, 1)),
    ],
)
def test_six_months_later(ends_on, expected):
    assert follow_up_day(ends_on) == expected


@pytest.mark.parametrize(("days", "expected"), [(-1, False), (0, True), (14, True), (15, False)])
def test_a_survey_opens_within_two_weeks_or_not_at_all(days, expected):
    assert is_survey_due(date(2026, 10, 20), date(2026, 10, 20) + days * DAY) is expected


@pytest.mark.parametrize(
    ("mails", "mailed_before", "closes_in", "expected"),
    [
        (0, None, 7 * DAY, True),
        (1, 1 * DAY, 6 * DAY, False),
        (1, 2 * DAY, 5 * DAY, True),
        (2, 2 * DAY, 3 * DAY, True),
        (3, 5 * DAY, 3 * DAY, False),
        (1, 3 * DAY, DAY / 2, False),
        (0, None, -DAY, False),
    ],
)
def test_one_mail_and_at_most_two_reminders_days_apart(mails, mailed_before, closes_in, expected):
    mailed_at = NOW - mailed_before if mailed_before else None
    assert is_mail_due(SurveyKind.SESSION, mails, mailed_at, NOW + closes_in, NOW) is expected
