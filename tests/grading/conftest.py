"""A post-test of one essay and one choice, taken by the room's first trainee; two may grade it."""

from types import SimpleNamespace
from typing import Any

import pytest

from advocates.access import Actor, Role
from advocates.database import db, new_id
from advocates.sittings.finishing import finish_sitting
from advocates.sittings.queries import questions_of
from advocates.sittings.saving import Sent, save_answers
from tests.client import StrictClient
from tests.factories.sittings import make_assessment, make_opening, make_sitting
from tests.room import Room
from tests.sittings.questions import ESSAY, SINGLE


def take(opening: Any, trainee: Any, text: str = "Because.", choice: str = "0") -> Any:
    """A sitting of the essay and the choice, sent: its id and the essay's."""
    sitting = make_sitting(opening, trainee)
    fields = ({"q1-text": [text]}, {"q2-choice": [choice]})
    save_answers(trainee.person_id, sitting.id, [Sent(n, new_id(), 0, each) for n, each in enumerate(fields, 1)])
    db.session.commit()
    finish_sitting(trainee.person_id, sitting.id, is_sent=True)
    db.session.commit()
    essay, choice_row = questions_of(sitting.id)
    ids = SimpleNamespace(sitting_id=sitting.id, essay_id=essay.row.id, question_id=choice_row.question_id)
    return SimpleNamespace(**vars(ids), person_id=trainee.person_id, enrollment_id=trainee.id)


def acting(person_id: Any, *roles: Role) -> Actor:
    return Actor(person_id, "Somebody", new_id(), frozenset(roles))


@pytest.fixture
def assessment(room: Room, administrator: Any) -> Any:
    return make_assessment(room.version, administrator, questions=(ESSAY, SINGLE))


@pytest.fixture
def opening(room: Room, assessment: Any, administrator: Any) -> Any:
    return make_opening(room.cohort, assessment, administrator)


@pytest.fixture
def taken(room: Room, opening: Any) -> Any:
    return take(opening, room.trainees[0])


@pytest.fixture
def trainer(room: Room) -> Actor:
    return acting(room.trainer.id, Role.TRAINER)


@pytest.fixture
def other(administrator: Any) -> Actor:
    return acting(administrator.id, Role.ADMINISTRATOR)


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
