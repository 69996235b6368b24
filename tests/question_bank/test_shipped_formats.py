"""The shipped bank in every format and back: unchanged, but for what a format says that it cannot carry."""

import json
from pathlib import Path

import pytest
from lxml import etree

from advocates.question_bank.rules import Kind, bank_table, gift, moodle_xml, question_from_json
from advocates.question_bank.rules.moodle_xml_reading import read as read_moodle_xml

SHIPPED = Path(bank_table.__file__).parents[1] / "shipped" / "chicago-40h.json"
QUESTIONS = [question_from_json(sent) for sent in json.loads(SHIPPED.read_text("utf-8"))["questions"]]


@pytest.mark.parametrize(
    ("write", "read"),
    [(gift.write, gift.read), (moodle_xml.write, read_moodle_xml), (bank_table.write, bank_table.read)],
    ids=["gift", "moodle-xml", "csv"],
)
def test_the_shipped_bank_comes_back_unchanged(write, read):
    written = write(QUESTIONS)
    again = read(written.text.encode())
    left_out = {problem.where for problem in written.left_out}
    assert again.problems == ()
    assert list(again.questions) == [question for question in QUESTIONS if question.key not in left_out]
    kinds = {question.kind for question in QUESTIONS if question.key in left_out}
    assert kinds <= ({Kind.ORDERING, Kind.SCENARIO} if write is gift.write else set())


def test_another_parser_finds_every_question_of_the_moodle_file():
    root = etree.fromstring(moodle_xml.write(QUESTIONS).text.encode())
    found = root.xpath("question[@type != 'category']")
    assert len(found) == len(QUESTIONS) + sum(len(question.questions) for question in QUESTIONS)
    types = {"multichoice", "truefalse", "matching", "ordering", "shortanswer", "essay", "description"}
    assert {each.get("type") for each in found} <= types
    for each in found:
        assert each.findtext("name/text")
        assert each.findtext("questiontext/text")
        if each.get("type") == "multichoice":
            weights = [float(answer.get("fraction")) for answer in each.findall("answer")]
            assert sum(weight for weight in weights if weight > 0) == pytest.approx(100, abs=0.001)
