"""The code shown in the room: six signs that follow from a key, the session, the half minute and the direction."""

import hmac
import unicodedata
import uuid
from datetime import UTC, datetime, timedelta

# No vowels, so that it never spells a word, and none of what looks alike across a room: 0 O, 1 I L, 2 Z, 5 S, 8 B.
ALPHABET = "34679CDFGHJKMNPQRTVWX"
LENGTH = 6
STEP = timedelta(seconds=30)
# A code holds while it is shown and one step longer: a phone is slow, and so are fingers.
GRACE_STEPS = 1
PERSONAL_LENGTH = 6
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def code_at(key: bytes, session_id: uuid.UUID, direction: str, at: datetime) -> str:
    """The code that is shown at this instant."""
    return _code(key, session_id, direction, _step(at))


def is_shown(code: str, key: bytes, session_id: uuid.UUID, direction: str, at: datetime) -> bool:
    """Whether this (clean) code is shown at this instant, or was in the step before."""
    steps = range(_step(at) - GRACE_STEPS, _step(at) + 1)
    return any(hmac.compare_digest(code, _code(key, session_id, direction, step)) for step in steps)


def seconds_left(at: datetime) -> int:
    """How long the code of this instant is shown still, at least one second."""
    left = STEP - (at - _EPOCH) % STEP
    return max(1, -(-left // timedelta(seconds=1)))


def clean_code(typed: str) -> str | None:
    """The code however it was typed; None where it can be none."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKC", typed).upper() if sign not in " -\u2013")
    return plain if len(plain) == LENGTH and set(plain) <= set(ALPHABET) else None


def clean_personal_code(typed: str) -> str | None:
    """Six digits of any script as the code is stored; None where it can be none."""
    plain = "".join(sign for sign in typed.strip() if sign not in " -\u2013")
    if len(plain) != PERSONAL_LENGTH or not plain.isdecimal():
        return None
    return "".join(str(unicodedata.decimal(sign)) for sign in plain)


def _step(at: datetime) -> int:
    return (at - _EPOCH) // STEP


def _code(key: bytes, session_id: uuid.UUID, direction: str, step: int) -> str:
    message = b"check in" + session_id.bytes + step.to_bytes(8) + direction.encode()
    number = int.from_bytes(hmac.digest(key, message, "sha256")[:8])
    signs = []
    for _ in range(LENGTH):
        number, place = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[place])
    return "".join(signs)
