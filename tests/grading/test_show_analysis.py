"""What a test tells about its questions."""

import uuid

from tests.budgets import statements
from tests.grading.conftest import take


def address(assessment):
    return f"/tests/{assessment.id}/analysis"


def test_few_people_give_no_figure(as_trainer, assessment, taken):
    page = as_trainer.get(address(assessment)).text
    assert "too few people" in page
    assert "take their figures as a hint only" in page


def test_nobody_yet(as_trainer, assessment):
    assert "Nobody has finished this test yet" in as_trainer.get(address(assessment)).text


def test_trainees_and_strangers_are_refused(client, as_trainee, as_trainer, assessment):
    assert client.get(address(assessment)).status_code == 303
    assert as_trainee.get(address(assessment)).status_code == 403
    assert as_trainer.get(f"/tests/{uuid.uuid4()}/analysis").status_code == 404
    assert as_trainer.post_form(address(assessment)).status_code == 405


def test_the_number_of_statements_does_not_grow(as_trainer, room, assessment, opening):
    counts = []
    for trainee in room.trainees[:3]:
        take(opening, trainee)
        with statements() as sent:
            as_trainer.get(address(assessment))
        counts.append(len(sent))
    assert len(set(counts)) == 1, counts
