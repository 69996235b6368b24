"""Asking for a second look."""

from advocates.database import db
from advocates.grading.grading import grade_answer


def address(taken):
    return f"/own-answers/{taken.essay_id}/second-look"


def test_it_is_asked_for_once(as_trainee, taken, trainer):
    assert as_trainee.post_form(address(taken)).status_code == 409
    grade_answer(trainer, taken.essay_id, (2,))
    db.session.commit()
    assert as_trainee.post_form(address(taken)).status_code == 303
    assert "Somebody else will look at it again" in as_trainee.get(f"/sittings/{taken.sitting_id}/grades").text
    assert as_trainee.post_form(address(taken)).status_code == 409


def test_it_is_nobody_elses(client, as_other, as_trainer, as_trainee, taken):
    assert as_other.post_form(address(taken)).status_code == 404
    assert as_trainer.post_form(address(taken)).status_code == 403
    assert as_trainee.get(address(taken)).status_code == 405
