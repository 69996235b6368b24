"""Starting a test: once, on whichever device."""

import pytest


@pytest.fixture
def address(opening):
    return f"/test-openings/{opening.id}/start"


def test_it_starts_once(as_trainee, address):
    first = as_trainee.post_form(address)
    assert first.status_code == 303
    assert as_trainee.post_form(address).location == first.location


def test_before_it_opens_and_after_it_closed_it_is_refused(as_trainee, address, time):
    time.set("18:00")
    assert as_trainee.post_form(address).status_code == 409


def test_others_are_refused(client, as_other, as_trainer, address):
    assert client.post_form(address).status_code == 303
    assert as_trainer.post_form(address).status_code == 403
    assert as_other.get(address).status_code == 405
