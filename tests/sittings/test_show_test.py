"""The start page of a test, in plain words."""

import pytest

from tests.factories.cohorts import make_cohort, make_enrollment


@pytest.fixture
def address(opening):
    return f"/test-openings/{opening.id}"


def test_it_says_what_comes(as_trainee, address):
    page = as_trainee.get(address).text
    assert "It has 7 questions." in page
    assert "You have 60 minutes" in page
    assert "You pass with 70 % of the points." in page
    assert "Start the test" in page


def test_who_is_not_of_the_cohort_is_refused(client, app, as_trainer, address):
    outsider = app.test_client().sign_in(make_enrollment(make_cohort(), "Odo Lantern").person_id)
    assert outsider.get(address).status_code == 404
    assert client.get(address).status_code == 303
    assert as_trainer.get(address).status_code == 403
    assert outsider.post_form(address).status_code == 405
