"""Taking questions into the bank: new, changed, the same; and versions that nobody can change."""

from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from advocates.database import db
from advocates.question_bank.importing import NotPublished, plan_for, take_questions
from advocates.question_bank.queries import current_questions, find_question, versions_of
from advocates.question_bank.rules import content_of, question_of
from advocates.question_bank.shipped_bank import shipped_questions
from tests.factories.curriculum import make_version
from tests.factories.people import make_person
from tests.factories.question_bank import make_bank, make_question, single


@pytest.fixture
def author(app):
    return make_person("Ines Marlow", roles=["administrator"])


def test_the_shipped_bank_is_taken_whole_and_read_back_unchanged(author):
    version = make_version()
    stored = make_bank(version, author)
    assert [each.question for each in stored] == sorted(shipped_questions(), key=lambda question: question.key)
    assert len(stored) == 100


def test_taking_it_again_changes_nothing(author):
    version = make_version()
    make_bank(version, author)
    plan = take_questions(author.id, version.id, shipped_questions())
    assert (len(plan.new), len(plan.changed), len(plan.same)) == (0, 0, 100)
    assert not db.session.new


def test_another_text_is_another_version_and_the_old_one_stays(author):
    version = make_version(minutes=[60])
    stored = make_question(version, author)
    make_bank(version, author, questions=[single(text="Who decides now?")])
    now = find_question(stored.row.id)
    assert (now.current.number, now.question.text) == (2, "Who decides now?")
    assert [question_of(each.content).text for each in versions_of(stored.row.id)] == [
        "Who decides now?",
        "Who decides?",
    ]


def test_a_module_that_the_version_does_not_have_takes_no_question(author):
    version = make_version(minutes=[60])
    plan = take_questions(author.id, version.id, [single(), single("elsewhere", module="Z9")])
    assert [question.key for question in plan.new] == ["who-decides"]
    assert [question.key for question in plan.unplaced] == ["elsewhere"]


def test_a_draft_takes_no_questions(author):
    version = make_version(minutes=[60], is_published=False)
    with pytest.raises(NotPublished):
        take_questions(author.id, version.id, [single()])


def test_two_versions_have_banks_of_their_own(author):
    first, second = make_version(minutes=[60]), make_version(minutes=[60])
    make_question(first, author)
    assert plan_for(second.id, [single()]).new
    assert not current_questions(second.id)


@pytest.mark.parametrize("statement", ["UPDATE question_version SET content = '{}'", "DELETE FROM question_version"])
def test_the_database_refuses_to_change_a_version(author, statement):
    make_question(make_version(minutes=[60]), author)
    with pytest.raises(DBAPIError):
        db.session.execute(text(statement))
    db.session.rollback()


def test_the_same_question_is_the_same_text():
    question = single(points=2)
    assert content_of(question) == content_of(question_of(content_of(question)))
    assert content_of(replace(question, points=3)) != content_of(question)
