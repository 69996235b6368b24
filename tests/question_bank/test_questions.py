"""The one JSON form of a question: read strictly, written canonically."""

import pytest

from advocates.question_bank.rules import Kind, QuestionError, question_from_json, question_to_json

HEAD = {"key": "a3-memory", "module": "A3", "text": "What does trauma do to memory?"}
ESSAY = {"criterion": "Names two duties", "points": 2}
INSIDE = {"kind": "true_false", "text": "An advocate decides for the survivor.", "is_true": False}
PARTS = {
    "single": {"choices": [{"text": "It splinters", "is_right": True}, {"text": "Nothing", "is_right": False}]},
    "multiple": {"choices": [{"text": "A", "is_right": True}, {"text": "B", "is_right": True}]},
    "true_false": {"is_true": True},
    "matching": {"pairs": [{"left": "1", "right": "one"}, {"left": "2", "right": "two"}], "distractors": ["three"]},
    "ordering": {"items": ["first", "second", "third"]},
    "short_answer": {"accepted": ["Malcolm X College"]},
    "essay": {"rubric": [ESSAY], "points": 2, "most_words": 150},
    "scenario": {"questions": [INSIDE, {**INSIDE, "is_true": True}]},
}


@pytest.mark.parametrize("kind", [kind.value for kind in Kind])
def test_each_kind_is_read_and_written_back(kind):
    read = question_from_json({**HEAD, "kind": kind, **PARTS[kind]})
    written = question_to_json(read)
    assert read.kind == kind
    assert question_from_json(written) == read
    assert question_to_json(question_from_json(written)) == written
    for name, value in PARTS[kind].items():
        assert len(written[name]) == len(value) if name in {"choices", "questions"} else written[name] == value


@pytest.mark.parametrize(
    ("kind", "change", "path"),
    [
        ("single", {"choices": PARTS["multiple"]["choices"]}, "choices"),
        ("single", {"choices": [{"text": "only", "is_right": True}]}, "choices"),
        ("single", {"choices": [{"text": "Same", "is_right": True}, {"text": "same ", "is_right": False}]}, "choices"),
        ("multiple", {"choices": [{"text": "A", "is_right": False}, {"text": "B", "is_right": False}]}, "choices"),
        ("true_false", {"is_true": "yes"}, "is_true"),
        ("matching", {"pairs": [{"left": "1", "right": "one"}, {"left": "1", "right": "two"}]}, "pairs"),
        ("ordering", {"items": ["one"]}, "items"),
        ("short_answer", {"accepted": []}, "accepted"),
        ("essay", {"points": 3}, "points"),
        ("essay", {"rubric": []}, "rubric"),
        ("scenario", {"questions": [{**INSIDE, "text": " "}]}, "questions[0].text"),
        ("scenario", {"questions": [{"kind": "scenario", "text": "x", "questions": []}]}, "questions[0].kind"),
        ("single", {"key": "Not A Key"}, "key"),
        ("single", {"text": "x" * 4001}, "text"),
        ("single", {"text": "nul \x00"}, "text"),
        ("single", {"points": 0}, "points"),
        ("single", {"points": True}, "points"),
        ("single", {"difficulty": "impossible"}, "difficulty"),
        ("single", {"image": {"file": "x.png", "alt": ""}}, "image.alt"),
        ("guess", {}, "kind"),
    ],
)
def test_what_is_wrong_is_named_by_its_path(kind, change, path):
    with pytest.raises(QuestionError) as refusal:
        question_from_json({**HEAD, "kind": kind, **PARTS.get(kind, {}), **change})
    assert refusal.value.path == path


@pytest.mark.parametrize("sent", [None, [], "single", 1])
def test_only_an_object_is_a_question(sent):
    with pytest.raises(QuestionError):
        question_from_json(sent)


def test_a_scenario_is_worth_what_its_questions_are():
    inside = [INSIDE, {"kind": "essay", "text": "Why?", "rubric": [ESSAY], "points": 2}]
    scenario = question_from_json({**HEAD, "kind": "scenario", "questions": inside})
    assert scenario.worth == 3
    assert scenario.needs_person
