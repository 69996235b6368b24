"""The room's trainer, signed in."""

from typing import Any

import pytest

from tests.client import StrictClient
from tests.room import Room


@pytest.fixture
def as_trainer(app: Any, room: Room) -> StrictClient:
    client: StrictClient = app.test_client().sign_in(room.trainer.id)
    return client
