"""The form of each kind that the project ships. Program-neutral, and no question about the person's own history."""

from collections.abc import Mapping
from types import MappingProxyType

from advocates.evaluations.rules.forms import Question, QuestionKind, Scale, SurveyKind


def _form(*asked: tuple[QuestionKind, str] | tuple[QuestionKind, str, Scale | tuple[str, ...]]) -> tuple[Question, ...]:
    questions = []
    for number, (kind, text, *more) in enumerate(asked, 1):
        scale = next((each for each in more if isinstance(each, Scale)), None)
        choices = next((each for each in more if isinstance(each, tuple)), ())
        questions.append(Question(f"q{number}", kind, text, scale, choices))
    return tuple(questions)


_RATING, _YES_NO, _CHOICE, _TEXT = QuestionKind.RATING, QuestionKind.YES_NO, QuestionKind.CHOICE, QuestionKind.TEXT
_AGREE, _USEFUL, _SURE = Scale.AGREE, Scale.USEFUL, Scale.SURE

SHIPPED: Mapping[SurveyKind, tuple[Question, ...]] = MappingProxyType(
    {
        SurveyKind.SESSION: _form(
            (_RATING, "How useful will this session be in the work?", _USEFUL),
            (_RATING, "I could follow what was taught.", _AGREE),
            (_RATING, "I could take part and ask questions.", _AGREE),
            (_CHOICE, "The pace was", ("too slow", "about right", "too fast")),
            (_TEXT, "What helped you most?"),
            (_TEXT, "What should we change next time?"),
        ),
        SurveyKind.END: _form(
            (_RATING, "How useful will this training be in the work?", _USEFUL),
            (_RATING, "How sure are you that you can do what the training taught?", _SURE),
            (_RATING, "The trainers explained well.", _AGREE),
            (_RATING, "The materials helped me learn.", _AGREE),
            (_RATING, "The practice with role-plays prepared me.", _AGREE),
            (_RATING, "People were treated with respect.", _AGREE),
            (_CHOICE, "The length of the training was", ("too short", "about right", "too long")),
            (_YES_NO, "Would you recommend this training to a colleague?"),
            (_TEXT, "What was most worth your time?"),
            (_TEXT, "What should we change for the next cohort?"),
        ),
        SurveyKind.FOLLOW_UP_GRADUATE: _form(
            (_CHOICE, "How often do you use what the training taught?", ("daily", "weekly", "less often", "not yet")),
            (_RATING, "How useful has the training been in the work?", _USEFUL),
            (_RATING, "How sure are you today that you can do what the training taught?", _SURE),
            (_YES_NO, "Do you know whom to ask when a situation is new to you?"),
            (_TEXT, "Which part of the training do you use most?"),
            (_TEXT, "What did the training not prepare you for?"),
        ),
        SurveyKind.FOLLOW_UP_SUPERVISOR: _form(
            (_RATING, "How useful is this training for the work of your organization?", _USEFUL),
            (_RATING, "People who took it were prepared for the work.", _AGREE),
            (_RATING, "The training fits how our organization works.", _AGREE),
            (_YES_NO, "Would you send more people to this training?"),
            (_TEXT, "What should the training cover more, or less?"),
        ),
    }
)
