"""How kinds of surveys, their questions and what is wrong with an answer read."""

from typing import Any

from flask_babel import lazy_gettext as _l

from advocates.evaluations.rules import AnswerProblem, Question, QuestionKind, Scale, SurveyKind

KIND_LABELS: dict[SurveyKind, Any] = {
    SurveyKind.SESSION: _l("After a session"),
    SurveyKind.END: _l("At the end of the training"),
    SurveyKind.FOLLOW_UP_GRADUATE: _l("Six months later: graduates"),
    SurveyKind.FOLLOW_UP_SUPERVISOR: _l("Six months later: supervisors"),
}
QUESTION_LABELS: dict[QuestionKind, Any] = {
    QuestionKind.RATING: _l("Rating from 1 to 5"),
    QuestionKind.YES_NO: _l("Yes or no"),
    QuestionKind.CHOICE: _l("One of several choices"),
    QuestionKind.TEXT: _l("Free text"),
}
SCALE_LABELS: dict[Scale, Any] = {
    Scale.AGREE: _l("Disagree … agree"),
    Scale.USEFUL: _l("Not useful … very useful"),
    Scale.SURE: _l("Not sure … very sure"),
}
SCALE_WORDS: dict[Scale, tuple[Any, ...]] = {
    Scale.AGREE: (_l("Strongly disagree"), _l("Disagree"), _l("Neither"), _l("Agree"), _l("Strongly agree")),
    Scale.USEFUL: (
        _l("Not useful"),
        _l("A little useful"),
        _l("Somewhat useful"),
        _l("Useful"),
        _l("Very useful"),
    ),
    Scale.SURE: (_l("Not sure at all"), _l("A little sure"), _l("Somewhat sure"), _l("Sure"), _l("Very sure")),
}
PROBLEM_LABELS: dict[AnswerProblem, Any] = {
    AnswerProblem.NOTHING: _l("Answer at least one question, or press “No thanks”."),
    AnswerProblem.NO_SUCH_ANSWER: _l("Choose one of the answers shown."),
    AnswerProblem.TOO_LONG: _l("This is too long. Use at most 2,000 characters."),
    AnswerProblem.NO_SUCH_TEXT: _l("This holds a character that cannot be stored. Type it again without pasting."),
}


def value_words(question: Question) -> dict[str, Any]:
    """What each answer to a question reads as, in order; empty for free text."""
    if question.kind is QuestionKind.RATING:
        return dict(zip(question.values, SCALE_WORDS[question.scale or Scale.AGREE], strict=True))
    if question.kind is QuestionKind.YES_NO:
        return {"yes": _l("Yes"), "no": _l("No")}
    return dict(zip(question.values, question.choices, strict=True))
