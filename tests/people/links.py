"""Links of tests: made by the activity, opened as a path of this site."""

import uuid
from typing import Any

from advocates.database import db
from advocates.people.inviting import invite
from advocates.people.models import InvitationPurpose

PASSWORD = "plum kettle orbit seven"


def link_for(app: Any, actor_id: uuid.UUID, person_id: uuid.UUID, purpose: str = "join") -> str:
    """The path of a fresh link."""
    with app.test_request_context():
        link = invite(actor_id, person_id, InvitationPurpose(purpose))
        db.session.commit()
    return path_of(link)


def path_of(link: str) -> str:
    assert link.startswith("http://localhost/invitations/")
    return link.removeprefix("http://localhost")
