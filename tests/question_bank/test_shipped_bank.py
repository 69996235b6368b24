"""The bank that comes with the program: whole, on the curriculum's modules, and without a pattern to guess by."""

import json
from collections import Counter
from importlib import resources

import pytest

from advocates.curriculum.shipped import shipped_documents
from advocates.question_bank.rules import Kind, Question, question_from_json, question_to_json

NAME = "chicago-40h.json"
LEAST = {"A18": 3} | dict.fromkeys(("A1", "A11", "A12", "A13", "A15", "A16", "A17"), 4)
LEAST_OF_OTHERS = 6
TEXT = (resources.files("advocates.question_bank") / "shipped" / NAME).read_text(encoding="utf-8")
QUESTIONS = [question_from_json(each, each["key"]) for each in json.loads(TEXT)["questions"]]
ASKED = [part for question in QUESTIONS for part in (question.questions or (question,))]
MODULES = {module.key: module for module in shipped_documents()[NAME].modules}


def singles() -> list[Question]:
    return [question for question in ASKED if question.kind is Kind.SINGLE]


def place(question: Question) -> int:
    return next(n for n, choice in enumerate(question.choices) if choice.is_right)


def test_the_file_is_what_the_program_itself_would_write():
    bank = json.loads(TEXT) | {"questions": [question_to_json(question) for question in QUESTIONS]}
    assert json.dumps(bank, indent=2, ensure_ascii=False) + "\n" == TEXT


def test_no_key_and_no_text_stands_twice():
    for said in ([question.key for question in QUESTIONS], [" ".join(q.text.casefold().split()) for q in QUESTIONS]):
        assert [each for each, times in Counter(said).items() if times > 1] == []


@pytest.mark.parametrize("module", sorted(MODULES))
def test_every_module_has_its_share(module):
    assert sum(question.module == module for question in QUESTIONS) >= LEAST.get(module, LEAST_OF_OTHERS)


def test_every_question_is_on_an_objective_of_its_module_and_every_objective_is_asked():
    asked = {(question.module, question.objective) for question in QUESTIONS}
    assert asked == {(key, objective) for key, module in MODULES.items() for objective in module.objectives}


def test_every_question_teaches():
    for question in [*QUESTIONS, *ASKED]:
        assert len(question.explanation) > 40, question.key or question.text


def test_every_kind_and_difficulty_is_there():
    kinds = Counter(question.kind for question in QUESTIONS)
    assert set(kinds) == set(Kind)
    assert kinds[Kind.ESSAY] >= 3
    assert kinds[Kind.SCENARIO] >= 4
    assert min(Counter(question.difficulty for question in QUESTIONS).values()) >= 12
    assert len(QUESTIONS) - kinds[Kind.ESSAY] >= 50  # enough for a post-test without an essay


def test_right_answers_stand_in_no_favorite_place():
    """Chi-square with 3 degrees of freedom: more than 7.8 would be chance in one of twenty banks."""
    of_four = [question for question in singles() if len(question.choices) == 4]
    assert len(of_four) == len(singles())
    expected = len(of_four) / 4
    places = Counter(place(question) for question in of_four)
    assert sum((places[n] - expected) ** 2 / expected for n in range(4)) < 7.8


def test_the_longest_choice_is_no_hint():
    longest = sum(
        len(question.choices[place(question)].text) == max(len(choice.text) for choice in question.choices)
        for question in singles()
    )
    assert longest / len(singles()) < 0.45


def test_neither_true_nor_false_is_the_usual_answer():
    answers = Counter(question.is_true for question in ASKED if question.kind is Kind.TRUE_FALSE)
    assert max(answers.values()) / answers.total() <= 0.6


def test_multiple_choice_is_neither_one_nor_all():
    for question in ASKED:
        if question.kind is Kind.MULTIPLE:
            assert 1 < sum(choice.is_right for choice in question.choices) < len(question.choices), question.text


def test_no_choice_points_at_the_others():
    for question in ASKED:
        for choice in question.choices:
            assert not any(each in choice.text.casefold() for each in ("of the above", "both a and")), choice.text
