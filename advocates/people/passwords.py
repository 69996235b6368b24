"""Hashing and judging passwords. Never called while a write transaction is open."""

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app
from flask_babel import gettext

SHORTEST = 15
LONGEST = 256
_COMMON_PARTS = ("password", "qwerty", "letmein", "12345", "advocate", "chicago")


def _hasher() -> PasswordHasher:
    return PasswordHasher(time_cost=2, memory_cost=current_app.config["ARGON2_MEMORY_KIB"], parallelism=1)


def hash_password(password: str) -> str:
    return _hasher().hash(_same_on_every_keyboard(password))


def is_password(stored: str | None, given: str) -> bool:
    """Whether the password is right. An unknown account costs the same time as a known one."""
    decoy = _decoy()  # made in either case: the first sign-in after a start must not tell them apart
    try:
        return _hasher().verify(stored or decoy, _same_on_every_keyboard(given)) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def password_problem(password: str, name: str, email: str) -> str | None:
    """A sentence that says why a new password is too weak, or None. 15 characters without a second factor."""
    if len(password) < SHORTEST:
        return gettext("Use at least %(n)s characters. Three or four unrelated words work well.", n=SHORTEST)
    if len(password) > LONGEST:
        return gettext("Use at most %(n)s characters.", n=LONGEST)
    lowered = password.lower()
    rest = lowered
    for part in _COMMON_PARTS:
        rest = rest.replace(part, "")
    if len(set(rest)) < 6:
        return gettext("This password is too easy to guess. Use unrelated words.")
    own = [part for part in (*name.lower().split(), email.lower().split("@")[0]) if len(part) >= 4]
    if any(part in lowered for part in own):
        return gettext("Leave your name and e-mail address out of the password.")
    return None


def _same_on_every_keyboard(password: str) -> str:
    """One letter can be typed as one code point or as two; NFKC makes them one (NIST SP 800-63B)."""
    return unicodedata.normalize("NFKC", password)


def _decoy() -> str:
    decoy: str | None = current_app.extensions.get("password_decoy")
    if decoy is None:
        decoy = current_app.extensions["password_decoy"] = hash_password("nobody's password")
    return decoy
