"""Check-ins by the real activity, kiosks and personal codes, committed."""

from typing import Any

from advocates import clock
from advocates.check_in.arriving import check_in
from advocates.check_in.models import Kiosk, PersonalCode
from advocates.check_in.queries import Place, sha256
from advocates.check_in.rules import Direction, Event, Means
from advocates.database import db, new_id, new_token
from advocates.schedule.models import TrainingSession


def make_check_in(session: TrainingSession, enrollment: Any, direction: str = "in", means: Means = Means.CODE) -> Event:
    """At the present time by `clock`, which must be near the session."""
    place = Place(session, "", enrollment.person_id, enrollment.id, ())
    event = check_in(place, Direction(direction), means, new_id())
    db.session.commit()
    return event


def make_kiosk(session: TrainingSession, trainer: Any) -> tuple[Kiosk, str]:
    """A kiosk whatever the hour, and the token of its cookie."""
    token = new_token()
    kiosk = Kiosk(
        id=new_id(),
        session_id=session.id,
        token_sha256=sha256(token),
        started_by=trainer.id,
        started_at=clock.now(),
    )
    db.session.add(kiosk)
    db.session.commit()
    return kiosk, token


def make_personal_code(enrollment: Any, code: str) -> str:
    db.session.add(PersonalCode(person_id=enrollment.person_id, code=code))
    db.session.commit()
    return code
