"""How a sitting stands, for its script."""

import pytest


@pytest.fixture
def address(sitting):
    return f"/sittings/{sitting.id}/answers"


def test_it_tells_the_time_left_by_the_server_and_a_fresh_token(as_trainee, room, address, time):
    time.set("21:01")
    data = as_trainee.get(address).json
    assert (data["seconds_left"], data["is_over"]) == (1800, False)
    assert data["by"] == str(room.trainees[0].person_id)
    assert data["form_token"]
    time.set("21:40")
    assert as_trainee.get(address).json["is_over"]


def test_others_are_refused(client, as_other, as_trainer, address):
    assert client.get(address).status_code == 303
    assert as_other.get(address).status_code == 404
    assert as_trainer.get(address).status_code == 403
    assert as_other.put(address).status_code == 405
