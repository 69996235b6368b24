"""GIFT read as other programs write it, and written so that it is read back the same."""

import pytest
from hypothesis import given, settings

from advocates.question_bank.rules import Kind, gift, question_from_json
from advocates.question_bank.rules.exchange import MOST_BYTES, Unreadable
from tests.question_bank.drawing import questions

KINDS = [kind for kind in Kind if kind is not Kind.ORDERING]


@settings(max_examples=500)
@given(questions(KINDS))
def test_what_gift_carries_is_read_back_the_same(question):
    written = gift.write([question])
    if any("->" in problem.message or "order" in problem.message for problem in written.left_out):
        return
    read = gift.read(written.text)
    assert read.problems == ()
    assert read.questions == (question,)


@pytest.mark.parametrize(
    ("text", "kind", "parts"),
    [
        ("Who?{~Grant ~Jefferson =no one}", Kind.SINGLE, [("Grant", False), ("Jefferson", False), ("no one", True)]),
        ("Who?{=yes#well done ~%-50%no}", Kind.SINGLE, [("yes", True), ("no", False)]),
        ("Two?{~%50%a ~%50%b ~%-100%c}", Kind.MULTIPLE, [("a", True), ("b", True), ("c", False)]),
        (r"Set\: \{x\=1\}?{=a \~ b ~c \# d}", Kind.SINGLE, [("a ~ b", True), ("c # d", False)]),
    ],
)
def test_choices_as_other_programs_write_them(text, kind, parts):
    (question,) = gift.read(text, "A3").questions
    assert question.kind is kind
    assert [(choice.text, choice.is_right) for choice in question.choices] == parts


def test_the_other_kinds_with_comments_names_and_categories():
    read = gift.read(
        "// a comment\n$CATEGORY: $course$/top/B1\n\n::First one::[html]<b>Really</b>&amp;?{T}\n\n"
        "// another\nCapital of France?{=Paris =%50%Lutetia}\n\nMatch{=a -> 1 =b -> 2 = -> 3}\n\nWhy?{####Because.}\n\n"
        "A story.\n\nHow many?{#3:1}\n\nThe {=sky ~sea} is blue.\n"
    )
    assert [(q.key, q.module, q.kind.value) for q in read.questions] == [
        ("first-one", "B1", "true_false"),
        ("capital-of-france", "B1", "short_answer"),
        ("match", "B1", "matching"),
        ("why", "B1", "essay"),
        ("the-is-blue", "B1", "single"),
    ]
    assert read.questions[0].text == "**Really**&?"
    assert read.questions[1].accepted == ("Paris",)
    assert read.questions[2].distractors == ("3",)
    assert read.questions[3].explanation == "Because."
    said = " ".join(problem.message for problem in read.problems)
    for word in ("HTML", "shares", "rubric", "without a question", "number"):
        assert word in said


@pytest.mark.parametrize(
    "text", ["Broken {=a ~b", "Broken } {", "One?{=only ~}", "Same?{=a ~a}", "x{" + "=a~b" * 30 + "}", "::t::{T}"]
)
def test_what_cannot_be_taken_is_said(text):
    read = gift.read(text, "A3")
    assert not read.questions
    assert len(read.problems) == 1


def test_without_a_category_a_module_must_be_given():
    assert not gift.read("Really?{T}").questions
    assert gift.read("Really?{T}", "A3").questions[0].module == "A3"


def test_a_script_inside_is_dropped():
    (question,) = gift.read("Hi <script>alert(1)</script><img src\\=x onerror\\=alert(1)>?{T}", "A3").questions
    assert question.text == "Hi ?"


def test_what_gift_has_no_place_for_is_said():
    ordering = question_from_json({"key": "o", "module": "A3", "kind": "ordering", "text": "?", "items": ["a", "b"]})
    written = gift.write([ordering])
    assert not written.text
    assert [problem.where for problem in written.left_out] == ["o"]


@pytest.mark.parametrize("content", [b"\xff\xff\xfe", b"x" * (MOST_BYTES + 1), b"Nul \x00?{T}", b"PK\x03\x04\xff"])
def test_no_text_and_too_much_of_it_are_refused_whole(content):
    with pytest.raises(Unreadable):
        gift.read(content, "A3")


def test_a_question_of_megabytes_and_too_many_are_refused():
    assert not gift.read("x" * 4_900_000 + "{T}", "A3").questions
    with pytest.raises(Unreadable):
        gift.read("Really?{T}\n\n" * 2001, "A3")


@pytest.mark.parametrize("text", ["//advocates: {[\nReally?{T}", "//advocates: [1]\nReally?{T}"])
def test_a_broken_note_is_left_out_and_said(text):
    read = gift.read(text, "A3")
    assert len(read.questions) == len(read.problems) == 1
