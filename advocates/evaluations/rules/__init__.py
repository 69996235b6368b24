"""Decisions of surveys: what is asked and answered, who may still answer, what is shown, and when it is sent."""

from advocates.evaluations.rules.answering import AnswerProblem, Standing, read_answers, standing
from advocates.evaluations.rules.forms import (
    LONGEST_ANSWER,
    LONGEST_QUESTION,
    MOST_CHOICES,
    MOST_QUESTIONS,
    Question,
    QuestionKind,
    Scale,
    SurveyKind,
    questions_from_json,
    questions_to_json,
)
from advocates.evaluations.rules.results import SHOWN_FROM, QuestionResult, Results, summarize
from advocates.evaluations.rules.shipped import SHIPPED
from advocates.evaluations.rules.timing import (
    DAYS_OPEN,
    MOST_REMINDERS,
    follow_up_day,
    is_mail_due,
    is_survey_due,
)

__all__ = [
    "DAYS_OPEN",
    "LONGEST_ANSWER",
    "LONGEST_QUESTION",
    "MOST_CHOICES",
    "MOST_QUESTIONS",
    "MOST_REMINDERS",
    "SHIPPED",
    "SHOWN_FROM",
    "AnswerProblem",
    "Question",
    "QuestionKind",
    "QuestionResult",
    "Results",
    "Scale",
    "Standing",
    "SurveyKind",
    "follow_up_day",
    "is_mail_due",
    "is_survey_due",
    "questions_from_json",
    "questions_to_json",
    "read_answers",
    "standing",
    "summarize",
]
