"""Browsers that are signed in: as anybody, and as the room's trainer."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from tests.client import StrictClient
from tests.room import Room

SignIn = Callable[[uuid.UUID], StrictClient]


@pytest.fixture
def sign_in(app: Any) -> SignIn:
    return lambda person_id: app.test_client().sign_in(person_id)


@pytest.fixture
def as_trainer(sign_in: SignIn, room: Room) -> StrictClient:
    return sign_in(room.trainer.id)
