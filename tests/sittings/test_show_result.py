"""Starting, sending, and what the result tells."""

import pytest

from tests.sittings.test_activities import answer_all


@pytest.fixture
def address(sitting):
    return f"/sittings/{sitting.id}"


def test_from_the_list_to_the_start(as_trainee, opening):
    assert "Test of the evening" in as_trainee.get("/tests").text
    page = as_trainee.get(f"/test-openings/{opening.id}").text
    assert "It has 7 questions." in page
    assert "You have 60 minutes" in page
    first = as_trainee.post_form(f"/test-openings/{opening.id}/start")
    assert first.status_code == 303
    assert as_trainee.post_form(f"/test-openings/{opening.id}/start").location == first.location
    assert "Go on with the test you began" in as_trainee.get(f"/test-openings/{opening.id}").text


def test_a_failed_post_test_says_what_to_review_and_when(as_trainee, address, opening):
    assert as_trainee.get(f"{address}/result").status_code == 303
    assert as_trainee.post_form(f"{address}/finish").location.endswith("/result")
    assert as_trainee.post_form(f"{address}/finish").status_code == 303
    page = as_trainee.get(f"{address}/result").text
    assert "Not passed this time." in page
    assert "What to review" in page
    assert "attempts left" in page
    assert "The next try is possible from" in page
    assert as_trainee.post_form(f"/test-openings/{opening.id}/start").status_code == 409
    assert "too early" in as_trainee.get(f"/test-openings/{opening.id}").text


def test_a_result_tells_the_score(as_trainee, room, address, sitting):
    answer_all(room.trainees[0], sitting)
    as_trainee.post_form(f"{address}/finish")
    assert "8 of 8 points." in as_trainee.get(f"{address}/result").text
    assert as_trainee.get(f"{address}/review").location.endswith("/result")


def test_time_that_is_over_ends_it_on_the_next_visit(as_trainee, address, time):
    time.set("21:40")
    assert "The time ended" in as_trainee.get(f"{address}/result").text


def test_others_are_refused(client, as_other, as_trainer, address, opening):
    for path in (f"{address}/result", f"{address}/review", f"{address}/images/{'0' * 64}"):
        assert client.get(path).status_code == 303
        assert as_other.get(path).status_code == 404
        assert as_trainer.get(path).status_code == 403
    assert as_other.post_form(f"{address}/finish").status_code == 404
    assert as_trainer.post_form(f"/test-openings/{opening.id}/start").status_code == 403
    assert as_other.get(f"{address}/finish").status_code == 405
