"""A walk-in whom the room's trainer noted, and ways to link them."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from advocates.attendance.walking_in import note_walk_in
from advocates.cohorts.models import Enrollment
from advocates.cohorts.rules import Newcomer
from advocates.database import db
from advocates.people.models import PersonProfile

NAME = "Søren A."


@pytest.fixture
def walk_in(room: Any) -> Any:
    """The enrollment of a walk-in without an e-mail address, unmarked."""
    note_walk_in(room.trainer.id, room.session, Newcomer(NAME))
    db.session.commit()
    query = select(Enrollment).join(PersonProfile, PersonProfile.person_id == Enrollment.person_id)
    return db.session.scalars(query.where(PersonProfile.chosen_name == NAME)).one()


@pytest.fixture
def link(as_administrator: Any) -> Any:
    """Look at what linking does, then do it: the answer of each."""

    def look_and_link(walk_in_id: Any, known_id: Any) -> tuple[Any, Any]:
        address = f"/people/{walk_in_id}/link/{known_id}"
        page = as_administrator.get(address)
        seen = re.search(r'name="seen" value="(\w+)"', page.text)
        return page, as_administrator.post_form(address, {"seen": seen[1] if seen else ""})

    return look_and_link
