"""The room's people, signed in; it is 5:28 PM, two minutes before the session."""

from typing import Any

import pytest

from tests.client import StrictClient
from tests.room import Room, Time


@pytest.fixture
def near(time: Time) -> Time:
    time.set("17:28")
    return time


@pytest.fixture
def as_trainer(app: Any, room: Room, near: Time) -> StrictClient:
    client: StrictClient = app.test_client().sign_in(room.trainer.id)
    return client


@pytest.fixture
def as_trainee(app: Any, room: Room, near: Time) -> StrictClient:
    client: StrictClient = app.test_client().sign_in(room.trainees[0].person_id)
    return client
