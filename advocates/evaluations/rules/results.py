"""What of anonymous answers is shown: nothing before the survey is closed, and of each question only from 5 answers on.

A closed survey never opens again and takes no further answer, so its results are shown in one state only: nobody can
compare two of them to see what one person added.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from advocates.evaluations.rules.forms import Question, QuestionKind

SHOWN_FROM = 5


@dataclass(frozen=True)
class QuestionResult:
    """`answered` is None where fewer than five answered: not even how many is told then.

    `counts` go with the question's values, `mean` with a rating, `texts` with free text.
    """

    question: Question
    answered: int | None = None
    counts: tuple[int, ...] = ()
    mean: Fraction | None = None
    texts: tuple[str, ...] = ()

    @property
    def is_shown(self) -> bool:
        return self.answered is not None

    @property
    def percents(self) -> tuple[int, ...]:
        """Of those who answered this question, each share rounded to whole percents."""
        return tuple((200 * count + (self.answered or 1)) // (2 * (self.answered or 1)) for count in self.counts)

    @property
    def mean_in_tenths(self) -> str:
        """4.3; a half is rounded up."""
        tenths = (self.mean or Fraction(0)) * 10 + Fraction(1, 2)
        return f"{int(tenths) // 10}.{int(tenths) % 10}"


@dataclass(frozen=True)
class Results:
    """`questions` is empty unless the results may be shown."""

    invited: int
    answered: int
    is_closed: bool
    questions: tuple[QuestionResult, ...] = ()

    @property
    def are_shown(self) -> bool:
        return bool(self.questions)

    @property
    def rate(self) -> int | None:
        """How many of those asked answered, in whole percents rounded down; None where nobody was asked."""
        return 100 * self.answered // self.invited if self.invited else None


def summarize(
    questions: Sequence[Question],
    answers: Iterable[tuple[str, str]],
    *,
    invited: int,
    answered: int,
    is_closed: bool,
) -> Results:
    """Answers are (question key, value) in an order that says nothing; `answered` is how many people sent any."""
    if not is_closed or answered < SHOWN_FROM:
        return Results(invited, answered, is_closed)
    by_key: dict[str, list[str]] = {question.key: [] for question in questions}
    for key, value in answers:
        by_key[key].append(value)
    return Results(invited, answered, is_closed, tuple(_result(q, by_key[q.key]) for q in questions))


def _result(question: Question, values: Sequence[str]) -> QuestionResult:
    number = len(values)
    if number < SHOWN_FROM:
        return QuestionResult(question)
    if question.kind is QuestionKind.TEXT:
        return QuestionResult(question, number, texts=tuple(values))
    counted = Counter(values)
    is_rating = question.kind is QuestionKind.RATING
    mean = Fraction(sum(int(value) for value in values), number) if is_rating else None
    return QuestionResult(question, number, tuple(counted[value] for value in question.values), mean)
