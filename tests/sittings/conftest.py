"""A post-test on one question of every kind but the essay, open for the room; no limit of time but its window."""

from typing import Any

import pytest

from tests.client import StrictClient
from tests.factories.sittings import make_assessment, make_opening, make_sitting
from tests.room import Room
from tests.sittings.questions import EVERY_KIND

SCORED = tuple(question for question in EVERY_KIND if not question.needs_person)


@pytest.fixture
def assessment(room: Room, administrator: Any) -> Any:
    return make_assessment(room.version, administrator, questions=SCORED, minutes=60, wait_hours=24)


@pytest.fixture
def opening(room: Room, assessment: Any, administrator: Any) -> Any:
    return make_opening(room.cohort, assessment, administrator)


@pytest.fixture
def sitting(room: Room, opening: Any) -> Any:
    return make_sitting(opening, room.trainees[0])


@pytest.fixture
def as_trainee(app: Any, room: Room) -> StrictClient:
    client: StrictClient = app.test_client().sign_in(room.trainees[0].person_id)
    return client


@pytest.fixture
def as_other(app: Any, room: Room) -> StrictClient:
    client: StrictClient = app.test_client().sign_in(room.trainees[1].person_id)
    return client


@pytest.fixture
def as_trainer(app: Any, room: Room) -> StrictClient:
    client: StrictClient = app.test_client().sign_in(room.trainer.id)
    return client
