"""One's own grades of what one wrote."""

from advocates.database import db
from advocates.grading.grading import grade_answer


def test_the_grade_is_told_with_a_way_to_a_second_look(as_trainee, taken, trainer):
    assert "Waits for its grade." in as_trainee.get(f"/sittings/{taken.sitting_id}/grades").text
    grade_answer(trainer, taken.essay_id, (2,))
    db.session.commit()
    page = as_trainee.get(f"/sittings/{taken.sitting_id}/grades").text
    assert "2 of 3 points" in page
    assert "Ask for a second look at answer 1" in page


def test_it_is_nobody_elses(client, as_other, as_trainer, as_trainee, taken):
    address = f"/sittings/{taken.sitting_id}/grades"
    assert client.get(address).status_code == 303
    assert as_other.get(address).status_code == 404
    assert as_trainer.get(address).status_code == 403
    assert as_trainee.post_form(address).status_code == 405
