"""The post-test, drawn from the bank: one who did not pass and tries again, and one whose essays wait for a trainer."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from advocates import clock
from advocates.assessments.rules import AssessmentKind
from advocates.cohorts.models import Enrollment
from advocates.database import db, new_id
from advocates.demo import stage
from advocates.demo.stage import Company, Staff
from advocates.question_bank.queries import current_questions
from advocates.question_bank.rules import Kind, Question
from advocates.sittings.defining import define_assessment, open_assessment
from advocates.sittings.finishing import finish_sitting
from advocates.sittings.models import AssessmentOpening, Sitting
from advocates.sittings.queries import Asked, find_offer, questions_of
from advocates.sittings.rules.drawing import Plan
from advocates.sittings.rules.settings import Feedback, Settings
from advocates.sittings.rules.showing import values_of
from advocates.sittings.saving import Sent, save_answers
from advocates.sittings.starting import start_sitting

QUESTIONS = 50
TRIES_AGAIN, WAITS = 0, 6  # by place in the cast
WORDS = "I would ask what they need first, and tell them what I can and cannot do."


def tell_tests(staff: Staff, company: Company, today: date) -> None:
    """Open since yesterday. Whoever tries the demo as a trainee is in the middle of a second attempt."""
    by = staff.administrator.person_id
    with clock.at(stage.noon(today - timedelta(days=1))):
        held = Settings(Plan(quotas=_quotas(company)), feedback=Feedback.ANSWERS)
        test = define_assessment(by, company.cohort.curriculum_version_id, AssessmentKind.POST_TEST, "Post-test", held)
        opening = open_assessment(by, company.cohort, test.id, clock.now(), stage.noon(today + timedelta(days=60)))
        _sits(company, opening, TRIES_AGAIN, lambda number: number % 5 < 3, ends=True)
        _sits(company, opening, WAITS, lambda number: number % 6 < 5, ends=True, words=WORDS)
        _sits(company, opening, TRIES_AGAIN, lambda number: number <= 12, ends=False)
    db.session.commit()


def _quotas(company: Company) -> dict[str, int]:
    """As many of each module as it takes, in turn."""
    left: dict[str, int] = defaultdict(int)
    for each in current_questions(company.cohort.curriculum_version_id):
        left[str(each.row.module_id)] += 1
    quotas: dict[str, int] = dict.fromkeys(left, 0)
    while sum(quotas.values()) < QUESTIONS:
        for module in left:
            if quotas[module] < left[module] and sum(quotas.values()) < QUESTIONS:
                quotas[module] += 1
    return quotas


def _sits(
    company: Company,
    opening: AssessmentOpening,
    place: int,
    knows: Callable[[int], bool],
    *,
    ends: bool,
    words: str = "",
) -> Sitting:
    """The questions whose number they know are answered rightly, all others not at all."""
    person_id = db.session.get_one(Enrollment, company.enrollment_ids[place]).person_id
    offer = find_offer(opening.id, person_id)
    assert offer is not None  # noqa: S101
    sitting = start_sitting(offer)
    db.session.flush()
    save_answers(
        person_id, sitting.id, [_sent(each, words) for each in questions_of(sitting.id) if knows(each.row.position)]
    )
    if ends:
        finish_sitting(person_id, sitting.id, is_sent=True)
    return sitting


def _sent(asked: Asked, words: str) -> Sent:
    return Sent(asked.row.position, new_id(), 0, values_of(asked.shown(_answer(asked.question, words))))


def _answer(question: Question, words: str) -> dict[str, Any]:
    """The right one, as it is stored."""
    right = [n for n, choice in enumerate(question.choices) if choice.is_right]
    match question.kind:
        case Kind.SINGLE:
            return {"choice": right[0]}
        case Kind.MULTIPLE:
            return {"choices": right}
        case Kind.TRUE_FALSE:
            return {"is_true": question.is_true}
        case Kind.MATCHING:
            return {"pairs": list(range(len(question.pairs)))}
        case Kind.ORDERING:
            order = list(range(len(question.items)))
            return {"places": order, "order": order}
        case Kind.SHORT_ANSWER:
            return {"text": question.accepted[0]}
        case Kind.ESSAY:
            return {"text": words}
        case Kind.SCENARIO:
            return {"answers": [_answer(inside, words) for inside in question.questions]}
