"""Looking a test over before it is sent."""

import pytest


@pytest.fixture
def address(sitting):
    return f"/sittings/{sitting.id}/review"


def test_it_lists_what_is_not_answered(as_trainee, address):
    page = as_trainee.get(address).text
    assert "7 questions are not answered." in page
    assert "Send the test" in page


def test_after_the_end_it_leads_to_the_result(as_trainee, address, time):
    time.set("21:40")
    assert as_trainee.get(address).location.endswith("/result")


def test_others_are_refused(client, as_other, as_trainer, address):
    assert client.get(address).status_code == 303
    assert as_other.get(address).status_code == 404
    assert as_trainer.get(address).status_code == 403
    assert as_other.post_form(address).status_code == 405
