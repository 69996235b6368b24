"""The bank that comes with the program is taken with one button, and never over what the program wrote itself."""

from advocates.question_bank.queries import current_questions
from tests.factories.curriculum import make_version
from tests.factories.question_bank import make_bank, single


def address(version):
    return f"/curriculum-versions/{version.id}/questions/shipped"


def test_one_button_takes_it_and_twice_is_once(as_administrator):
    version = make_version()
    for _ in range(2):
        assert as_administrator.post_form(address(version)).status_code == 303
    assert {stored.current.number for stored in current_questions(version.id)} == {1}
    assert len(current_questions(version.id)) == 100


def test_a_question_of_their_own_with_the_same_name_stays(as_administrator, administrator):
    version = make_version()
    make_bank(version, administrator, questions=[single("a01-role")])
    as_administrator.post_form(address(version))
    kept = next(stored for stored in current_questions(version.id) if stored.row.key == "a01-role")
    assert (kept.current.number, kept.question.text) == (1, "Who decides?")


def test_other_modules_take_nothing(as_administrator, version):
    assert as_administrator.post_form(address(version)).status_code == 409
    assert not current_questions(version.id)


def test_who_may_not(client, as_other_trainer, version):
    assert client.post_form(address(version)).status_code == 303
    assert as_other_trainer.post_form(address(version)).status_code == 404
    assert as_other_trainer.get(address(version)).status_code == 405
