"""The images of a sitting: only those that it shows."""

import pytest


@pytest.fixture
def address(sitting):
    return f"/sittings/{sitting.id}/images/{'0' * 64}"


def test_what_it_does_not_show_is_not_there(as_trainee, address):
    assert as_trainee.get(address).status_code == 404


def test_others_are_refused(client, as_other, as_trainer, address):
    assert client.get(address).status_code == 303
    assert as_other.get(address).status_code == 404
    assert as_trainer.get(address).status_code == 403
    assert as_other.post_form(address).status_code == 405
