"""The code on the wall: shown, found again, and judged by when its page was opened. Nothing of it is stored."""

import hmac
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from flask import current_app

from advocates import clock
from advocates.check_in.queries import Place
from advocates.check_in.rules import Direction, clean_code, code_at, is_shown
from advocates.schedule.models import TrainingSession

# Whoever opened the page of a code while it was shown has this long to press the button.
OPENING_LASTS = timedelta(minutes=5)


class NoSuchCode(Exception):
    """It is shown in none of these sessions now: wrong, of another session, or run out."""


def shown_code(session: TrainingSession, direction: Direction, now: datetime) -> str:
    return code_at(_key(), session.id, direction, now)


def find_place(places: Sequence[Place], typed: str, opening: str = "") -> tuple[Place, Direction]:
    """Where and what the code means among somebody's places. NoSuchCode.

    `opening` is what `seal_opening` gave when the page of this code was opened: the code is judged as of then.
    """
    code = clean_code(typed) or ""
    for place in places:
        at = _opened_at(place.person_id, code, opening) or clock.now()
        for direction in Direction:
            if code and is_shown(code, _key(), place.session.id, direction, at):
                return place, direction
    raise NoSuchCode


def seal_opening(person_id: uuid.UUID, typed: str) -> str:
    """That this person opened the page of this code now; for its form."""
    now = int(clock.now().timestamp())
    return f"{now}.{_seal(person_id, clean_code(typed) or '', now)}"


def _opened_at(person_id: uuid.UUID, code: str, opening: str) -> datetime | None:
    """When the page was opened, None where that is not ours, another's, or too long ago."""
    text, _, seal = opening.partition(".")
    if not (text.isascii() and text.isdigit() and len(text) <= 12):
        return None
    if not hmac.compare_digest(seal.encode(), _seal(person_id, code, int(text)).encode()):
        return None
    at = datetime.fromtimestamp(int(text), UTC)
    return at if timedelta() <= clock.now() - at <= OPENING_LASTS else None


def _seal(person_id: uuid.UUID, code: str, at: int) -> str:
    return hmac.new(_key(), b"opened" + person_id.bytes + f"{code} {at}".encode(), "sha256").hexdigest()


def _key() -> bytes:
    return str(current_app.config["SECRET_KEY"]).encode()
