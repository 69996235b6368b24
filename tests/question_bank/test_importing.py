"""Taking questions into the bank: new, changed, the same; and versions that nobody can change."""

import hashlib
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from advocates.database import db
from advocates.question_bank.images import image_contents, image_file
from advocates.question_bank.importing import NotAsShown, NotPublished, plan_for, prepare, take_questions
from advocates.question_bank.queries import current_questions, find_question, versions_of
from advocates.question_bank.rules import Image, content_of, question_of
from advocates.question_bank.rules.exchange import Reading
from advocates.question_bank.shipped_bank import shipped_questions
from tests.factories.curriculum import make_version
from tests.factories.people import make_person
from tests.factories.question_bank import PNG, make_bank, make_question, single


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
    found = prepare(version.id, Reading((single(), single("elsewhere", module="Z9"))))
    assert [question.key for question in found.questions] == ["who-decides"]
    assert [(problem.where, problem.values) for problem in found.problems] == [("elsewhere", {"module": "Z9"})]


def test_questions_on_unknown_modules_go_where_somebody_says(author):
    version = make_version(minutes=[60])
    found = prepare(version.id, Reading((single("elsewhere", module="Z9"),)), "A1")
    assert [question.module for question in found.questions] == ["A1"]
    assert not found.problems


def test_images_are_named_by_their_digest_and_stored_once(author):
    version = make_version(minutes=[60])
    pictured = single(image=Image("map.png", "A map"))
    found = prepare(version.id, Reading((pictured,), images={"map.png": PNG}))
    take_questions(author.id, version.id, found.questions, found.images)
    db.session.commit()
    take_questions(author.id, version.id, [replace(found.questions[0], key="again")], found.images)
    db.session.commit()
    digest = hashlib.sha256(PNG).hexdigest()
    assert [each.question.image.file for each in current_questions(version.id)] == [digest, digest]
    assert image_file(version.id, digest).content == PNG
    assert image_contents(version.id) == {digest: PNG}
    assert not prepare(version.id, Reading((single(image=Image(digest, "A map")),))).problems


@pytest.mark.parametrize("images", [{}, {"map.png": b"<svg onload=alert(1)>"}, {"map.png": PNG + bytes(2_000_000)}])
def test_an_image_that_is_missing_or_none_is_left_out_and_told_of(author, images):
    found = prepare(make_version(minutes=[60]).id, Reading((single(image=Image("map.png", "A map")),), images=images))
    assert [problem.where for problem in found.problems] == ["who-decides"]
    assert found.questions[0].image is None


def test_what_somebody_agreed_to_is_what_is_done_or_nothing(author):
    version = make_version(minutes=[60])
    shown = plan_for(version.id, [single()]).digest
    make_question(version, author, single(text="Somebody was quicker"))
    with pytest.raises(NotAsShown):
        take_questions(author.id, version.id, [single()], shown=shown)


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
