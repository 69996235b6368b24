"""A change becomes the next version; who filled the form from an older one sees both."""

from advocates.question_bank.queries import find_question, versions_of
from tests.factories.question_bank import make_bank, make_question, single

CHANGED = {
    "module": "A2", "difficulty": "hard", "text": "Who chooses?", "points": "1", "explanation": "",
    "choices-0-text": "The survivor", "choices-0-is_right": "y", "choices-1-text": "The advocate",
}  # fmt: skip


def address(stored):
    return f"/questions/{stored.row.id}/edit"


def test_it_becomes_the_next_version_and_the_old_one_stays(as_trainer, version, administrator):
    stored = make_question(version, administrator)
    assert as_trainer.post_form(address(stored), {**CHANGED, "number": "1"}).status_code == 303
    now = find_question(stored.row.id)
    assert (now.current.number, now.question.text, now.question.module) == (2, "Who chooses?", "A2")
    assert [each.number for each in versions_of(stored.row.id)] == [2, 1]


def test_saying_the_same_adds_nothing(as_trainer, version, administrator):
    stored = make_question(version, administrator)
    for _ in range(2):
        as_trainer.post_form(address(stored), {**CHANGED, "number": "1"})
    assert len(versions_of(stored.row.id)) == 2


def test_somebody_was_quicker_and_both_are_shown(as_trainer, version, administrator):
    stored = make_question(version, administrator)
    make_bank(version, administrator, questions=[single(text="Who says so?")])
    response = as_trainer.post_form(address(stored), {**CHANGED, "number": "1"})
    assert response.status_code == 409
    assert "Who says so?" in response.text
    assert "Who chooses?" in response.text
    assert 'name="number" value="2"' in response.text
    assert find_question(stored.row.id).question.text == "Who says so?"
    assert as_trainer.post_form(address(stored), {**CHANGED, "number": "2"}).status_code == 303
    assert find_question(stored.row.id).current.number == 3


def test_bad_input_keeps_what_was_typed(as_trainer, version, administrator):
    stored = make_question(version, administrator)
    response = as_trainer.post_form(address(stored), {**CHANGED, "number": "1", "choices-0-is_right": ""})
    assert response.status_code == 422
    assert "Who chooses?" in response.text
    assert len(versions_of(stored.row.id)) == 1


def test_who_may_not(app, client, as_other_trainer, version, administrator):
    stored = make_question(version, administrator)
    assert client.post_form(address(stored), CHANGED).status_code == 303
    assert as_other_trainer.post_form(address(stored), CHANGED).status_code == 404
    assert as_other_trainer.get(address(stored)).status_code == 404
    assert as_other_trainer.put(address(stored)).status_code == 405
    assert len(versions_of(stored.row.id)) == 1
