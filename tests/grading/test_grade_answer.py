"""Grading one answer."""

import uuid

from sqlalchemy import select

from advocates.database import db
from advocates.grading.grading import grade_answer
from advocates.sittings.models import SittingGrade


def address(taken):
    return f"/written-answers/{taken.essay_id}/grade"


def test_it_shows_the_answer_and_saves_the_grade(as_trainer, room, taken):
    page = as_trainer.get(address(taken)).text
    assert "Because." in page
    assert "Says why (0 to 3 points)" in page
    response = as_trainer.post_form(address(taken), {"line_0": "2"})
    assert (response.status_code, response.location) == (303, f"/cohorts/{room.cohort.id}/essays")
    assert db.session.scalars(select(SittingGrade)).one().points == "2"
    assert "This answer is graded" in as_trainer.get(address(taken)).text


def test_bad_points_are_kept_and_told(as_trainer, taken):
    for typed, said in (("7", "Type a number from 0 to 3."), ("x", "Type a whole number."), ("", "0 is an answer")):
        response = as_trainer.post_form(address(taken), {"line_0": typed})
        assert (response.status_code, said in response.text) == (422, True)
        assert f'value="{typed}"' in response.text
    assert db.session.scalars(select(SittingGrade)).all() == []


def test_who_comes_second_is_told_and_overwrites_nothing(as_trainer, taken, other):
    grade_answer(other, taken.essay_id, (3,))
    db.session.commit()
    response = as_trainer.post_form(address(taken), {"line_0": "1"})
    assert response.status_code == 409
    assert "A colleague graded this answer meanwhile" in response.text
    assert db.session.scalars(select(SittingGrade)).one().points == "3"


def test_strangers_and_trainees_are_refused(client, as_trainee, as_trainer, taken):
    assert client.get(address(taken)).status_code == 303
    assert as_trainee.get(address(taken)).status_code == 403
    assert as_trainer.get(f"/written-answers/{uuid.uuid4()}/grade").status_code == 404
    assert as_trainer.delete(address(taken)).status_code == 405
