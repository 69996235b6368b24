"""What a survey asks: a few questions of four kinds, kept as canonical JSON so that equal forms read equal."""

import enum
import json
from collections.abc import Sequence
from dataclasses import dataclass

MOST_QUESTIONS = 10
MOST_CHOICES = 8
LONGEST_QUESTION = 300
LONGEST_ANSWER = 2_000


class SurveyKind(enum.StrEnum):
    SESSION = "session"
    END = "end"
    FOLLOW_UP_GRADUATE = "follow_up_graduate"
    FOLLOW_UP_SUPERVISOR = "follow_up_supervisor"


class QuestionKind(enum.StrEnum):
    RATING = "rating"
    YES_NO = "yes_no"
    CHOICE = "choice"
    TEXT = "text"


class Scale(enum.StrEnum):
    """Which words the five steps of a rating have."""

    AGREE = "agree"
    USEFUL = "useful"
    SURE = "sure"


@dataclass(frozen=True)
class Question:
    """`key` names it within its form. Only a rating has a scale, only a choice has choices."""

    key: str
    kind: QuestionKind
    text: str
    scale: Scale | None = None
    choices: tuple[str, ...] = ()

    @property
    def values(self) -> tuple[str, ...]:
        """What may be answered, in the order in which it is shown; nothing for free text."""
        if self.kind is QuestionKind.RATING:
            return ("1", "2", "3", "4", "5")
        if self.kind is QuestionKind.YES_NO:
            return ("yes", "no")
        return tuple(str(number) for number in range(1, len(self.choices) + 1))


def questions_to_json(questions: Sequence[Question]) -> str:
    """The one text of these questions, without what a question does not have."""
    items = [
        {
            "key": question.key,
            "kind": question.kind.value,
            "text": question.text,
            **({"scale": question.scale.value} if question.scale else {}),
            **({"choices": list(question.choices)} if question.choices else {}),
        }
        for question in questions
    ]
    return json.dumps(items, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def questions_from_json(text: str) -> tuple[Question, ...]:
    return tuple(
        Question(
            item["key"],
            QuestionKind(item["kind"]),
            item["text"],
            Scale(item["scale"]) if "scale" in item else None,
            tuple(item.get("choices", ())),
        )
        for item in json.loads(text)
    )
