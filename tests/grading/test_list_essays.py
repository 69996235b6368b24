"""What waits for a grade in a cohort."""

from tests.budgets import statements
from tests.grading.conftest import take


def test_it_lists_what_waits_without_names(as_trainer, room, taken):
    page = as_trainer.get(f"/cohorts/{room.cohort.id}/essays").text
    assert f"/written-answers/{taken.essay_id}/grade" in page
    assert "1 answer waits for you" in page


def test_it_leads_to_what_the_tests_tell(as_trainer, room, taken, opening):
    page = as_trainer.get(f"/cohorts/{room.cohort.id}/essays").text
    assert f"/tests/{opening.assessment_id}/analysis" in page


def test_nothing_waits(as_trainer, room):
    assert "Nothing waits for you" in as_trainer.get(f"/cohorts/{room.cohort.id}/essays").text


def test_strangers_and_trainees_are_refused(client, as_trainee, room):
    assert client.get(f"/cohorts/{room.cohort.id}/essays").status_code == 303
    assert as_trainee.get(f"/cohorts/{room.cohort.id}/essays").status_code == 403
    assert as_trainee.post_form(f"/cohorts/{room.cohort.id}/essays").status_code == 405


def test_the_number_of_statements_does_not_grow(as_trainer, room, opening):
    counts = []
    for trainee in room.trainees[:3]:
        take(opening, trainee)
        with statements() as sent:
            as_trainer.get(f"/cohorts/{room.cohort.id}/essays")
        counts.append(len(sent))
    assert len(set(counts)) == 1, counts
