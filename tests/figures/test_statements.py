"""The register's SQL statements: few, and as many with a hundred cohorts as with one.

The look-up of who is signed in comes before each and is not counted.
"""

import uuid
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.budgets import statements
from tests.client import StrictClient
from tests.figures.many import add_cohorts
from tests.room import Room, make_room

SIGN_IN = 1
TO_SHOW, TO_SAVE, TO_SAVE_ONE = 8, 15, 8
COHORTS = (1, 10, 100)


@pytest.fixture
def room(app: Flask, time: Any) -> Room:
    return make_room(30)


@pytest.fixture
def as_trainer(app: Flask, room: Room) -> StrictClient:
    client: StrictClient = app.test_client()  # type: ignore[assignment]
    return client.sign_in(room.trainer.id)


def all_thirty(room: Room, version: int) -> dict[str, object]:
    """Every second came late, and earlier or later each time; the others are away, then back."""
    fields: dict[str, object] = {}
    for number, trainee in enumerate(room.trainees):
        arrived = f"{5 + version % 2}:{40 + number % 19}"
        away = {"outcome": "present" if version % 2 else "absent"}
        said = {"outcome": "present", "arrived": arrived} if number % 2 else away
        fields |= room.row(trainee, version=version, client_key=uuid.uuid4(), **said)
    return fields


def seen(client: StrictClient, room: Room) -> dict[str, Any]:
    """What the register's script knows before it sends anything."""
    shown: dict[str, Any] = client.get(f"/sessions/{room.session.id}/marks").get_json()
    return shown


def send_mark(client: StrictClient, room: Room, shown: dict[str, Any], person: int, arrived: str) -> TestResponse:
    """One mark, as the register's script sends it."""
    enrollment_id = str(room.trainees[person].id)
    mark = {
        "client_key": str(uuid.uuid4()),
        "enrollment_id": enrollment_id,
        "base_version": shown["marks"].get(enrollment_id, {"version": 0})["version"],
        "device_at": "2026-10-20T22:57:05Z",
        "way": "register",
        "fills_unmarked": False,
        "outcome": "present",
        "arrived": arrived,
        "left": "",
        "absences": [],
        "mode": None,
    }
    return client.post(
        f"/sessions/{room.session.id}/marks",
        json={"by": shown["by"], "marks": [mark]},
        headers={"X-Form-Token": shown["form_token"], "Accept": "application/json"},
    )


def counted(client: StrictClient, room: Room, number: int) -> dict[str, int]:
    """How many statements each job takes, with everybody marked `number` times before."""
    found = {}
    with statements() as sent:
        assert client.get(room.address).status_code == 200
    found["show the register of 30"] = len(sent) - SIGN_IN
    # request key, session, the session locked, 30 people locked, their marks here and elsewhere; head of the audit
    # chain, marks, head, event; request key
    with statements() as sent:
        assert client.post_form(room.address, all_thirty(room, number)).status_code == 303
    found["save 30 marks"] = len(sent) - SIGN_IN
    return found


def test_the_register_is_shown_and_saved_in_few_statements_however_many_cohorts(
    app: Flask, room: Room, as_trainer: StrictClient, figure: Any
) -> None:
    found, cohorts = {}, 1
    for number, many in enumerate(COHORTS):
        add_cohorts(room.version, room.trainer, many - cohorts, people=5, sessions=2)
        cohorts = many
        found[many] = counted(as_trainer, room, number)
    assert found[1] == found[10] == found[100]
    assert found[1]["show the register of 30"] <= TO_SHOW
    assert found[1]["save 30 marks"] <= TO_SAVE
    for what, number in found[1].items():
        figure("statements", f"{what}, with 1, 10 and 100 cohorts", number)


def test_one_mark_is_saved_in_few_statements_however_many_cohorts(
    app: Flask, room: Room, as_trainer: StrictClient, figure: Any
) -> None:
    found, cohorts = {}, 1
    for person, many in enumerate(COHORTS):
        add_cohorts(room.version, room.trainer, many - cohorts, people=5, sessions=2)
        cohorts = many
        for arrived in ("", "5:55 pm"):
            shown = seen(as_trainer, room)
            with statements() as sent:
                response = send_mark(as_trainer, room, shown, person, arrived)
            assert [each["state"] for each in response.get_json()["results"]] == ["saved"]
            found[many, arrived] = len(sent) - SIGN_IN
    assert len(set(found.values())) == 1, found
    assert found[1, ""] <= TO_SAVE_ONE, found
    figure("statements", "save one mark, with 1, 10 and 100 cohorts", found[1, ""])
