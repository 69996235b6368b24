"""Moodle XML read as Moodle writes it, written so that it is read back the same, and hostile files refused."""

import time

import pytest
from hypothesis import given, settings

from advocates.question_bank.rules import Kind, bank_table, gift, moodle_xml, question_from_json
from advocates.question_bank.rules.exchange import MOST_BYTES, Unreadable
from advocates.question_bank.rules.moodle_xml_reading import read
from tests.question_bank.drawing import questions

IMAGES = {"room.png": b"\x89PNG room"}
BOMB = '<!DOCTYPE q [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {after} "{f"&{name};" * 10}">' for name, after in ["ab", "bc", "cd", "de", "ef", "fg", "gh", "hi"]
)


def quiz(inside, kind="truefalse", stem="Really?"):
    text = f"<name><text>Title</text></name><questiontext format='html'><text>{stem}</text></questiontext>"
    return f"<quiz><question type='{kind}'>{text}{inside}</question></quiz>".encode()


TRUE = "<answer fraction='100'><text>true</text></answer><answer fraction='0'><text>false</text></answer>"


@settings(max_examples=500)
@given(questions())
def test_every_question_is_read_back_the_same(question):
    written = moodle_xml.write([question], IMAGES)
    again = read(written.text.encode())
    assert written.left_out == again.problems == ()
    assert again.questions == (question,)
    assert not question.image or again.images == IMAGES


@pytest.mark.parametrize("text", ["Bell \x07", "Never <b>bold</b>"])
@pytest.mark.parametrize("write", [gift.write, moodle_xml.write, bank_table.write])
def test_what_would_not_be_read_back_is_left_out_and_said(write, text):
    sent = {"key": "k", "module": "A3", "kind": "true_false", "text": text, "is_true": True}
    written = write([question_from_json(sent)])
    assert "Bell" not in written.text
    assert "Never" not in written.text
    assert [problem.where for problem in written.left_out] == ["k"]


def test_an_image_that_is_not_at_hand_is_told_and_its_name_kept():
    question = question_from_json(
        {"key": "k", "module": "A3", "kind": "true_false", "text": "?", "is_true": True}
        | {"image": {"file": "room.png", "alt": "A room"}}
    )
    written = moodle_xml.write([question])
    assert len(written.left_out) == 1
    assert read(written.text.encode()).questions == (question,)


def test_an_image_of_another_program_comes_with_its_words():
    file = "<file name='a b.png' path='/' encoding='base64'>aGVsbG8=</file></questiontext>"
    stem = '&lt;p&gt;Look&lt;/p&gt;&lt;img src="@@PLUGINFILE@@/a%20b.png" alt="A door"&gt;'
    content = quiz(TRUE, stem=stem).replace(b"</questiontext>", file.encode())
    taken = read(content, "A3")
    (question,) = taken.questions
    assert (question.text, question.image.file, question.image.alt) == ("Look", "a b.png", "A door")
    assert taken.images == {"a b.png": b"hello"}
    for before, after, word in [(b"A door", b"", "no words"), (b"aGVsbG8=", b"%%%", "not in the file")]:
        taken = read(content.replace(before, after), "A3")
        assert taken.questions[0].image is None
        assert word in " ".join(problem.message for problem in taken.problems)


def test_a_file_of_moodle_with_its_types_and_categories():
    category = "<question type='category'><category><text>$course$/top/B1</text></category></question>"
    order = "".join(f"<answer fraction='{n}.0000000'><text>{n}</text></answer>" for n in (2, 1, 3))
    content = quiz(order, "ordering").replace(b"<quiz>", f"<quiz>{category}".encode())
    (question,) = read(content).questions
    assert (question.kind, question.items, question.module) == (Kind.ORDERING, ("1", "2", "3"), "B1")


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (quiz("", "numerical"), "not known"),
        (quiz("", "cloze"), "not known"),
        (quiz("", "description"), "not known"),
        (quiz("", "truefalse"), "true or false"),
        (quiz(TRUE, stem=""), "missing"),
        (quiz(TRUE, stem="x" * 4_900_000), "too long"),
        (quiz("<answer fraction='100'><text>one</text></answer>", "multichoice"), "needed"),
        (b"<quiz><question/></quiz>", "not known"),
    ],
)
def test_what_cannot_be_taken_is_said(content, word):
    taken = read(content, "A3")
    assert not taken.questions
    assert word in taken.problems[0].message


def test_a_script_inside_is_dropped_and_said():
    stem = "<![CDATA[<p>Who <b>decides</b>?</p><script>alert(1)</script><img src=x onerror=alert(1)>]]>"
    taken = read(quiz(TRUE, stem=stem), "A3")
    assert taken.questions[0].text == "Who **decides**?"
    assert "HTML" in taken.problems[0].message


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE q [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>&x;</quiz>',
        b'<!DOCTYPE quiz SYSTEM "http://127.0.0.1/x.dtd"><quiz/>',
        (BOMB + "]><quiz>&i;</quiz>").encode(),
        b"<quiz><question></quiz>",
        b"<quiz>",
        b"",
        b"PK\x03\x04",
        b"<html/>",
        b"<?xml version='1.0' encoding='no-such'?><quiz/>",
        b"<quiz>&nbsp;</quiz>",
        b"<quiz>" + b" " * MOST_BYTES + b"</quiz>",
        b"<quiz>" + quiz(TRUE)[6:-7] * 2001 + b"</quiz>",
    ],
)
def test_hostile_broken_and_oversized_files_are_refused_whole(content):
    with pytest.raises(Unreadable):
        read(content, "A3")


@pytest.mark.parametrize("stem", ["&lt;!--", " ", "![", "&lt;img @@PLUGINFILE@@/", "&lt;a "])
def test_a_text_that_is_slow_to_look_through_is_refused_in_a_moment(stem):
    content = quiz(TRUE, stem="x" + stem * (4_900_000 // len(stem)) + "x")
    began = time.process_time()
    assert not read(content, "A3").questions
    assert time.process_time() - began < 5
