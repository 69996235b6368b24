"""What holds for people whatever the screen: names as they may be stored, how long links live, who must stay."""

import enum
import re
import unicodedata
from collections.abc import Collection
from datetime import timedelta

LONGEST_NAME = 100
JOIN_LASTS = timedelta(days=7)
RESET_LASTS = timedelta(hours=1)
FIRST_ADMINISTRATOR_LASTS = timedelta(days=1)
LONGEST_AUDIT = timedelta(days=366)
LANGUAGES = ("en", "es", "pl", "zh", "ar")
# Zero-width joiner and non-joiner are invisible but spell Persian, Urdu and several Indic names.
JOINERS = "\u200c\u200d"
_SPACES = re.compile("[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


class NameProblem(enum.StrEnum):
    NO_LETTER = "no_letter"
    TOO_LONG = "too_long"
    HIDDEN_CHARACTER = "hidden_character"


class NameRefused(ValueError):
    """A name that cannot be stored or printed: what is the matter, and the code point where one character is."""

    def __init__(self, problem: NameProblem, character: str = "") -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.code_point = f"U+{ord(character):04X}" if character else ""


def clean_name(text: str) -> str:
    """The name in NFC with single spaces, at most 100 characters. Raises NameRefused."""
    name = _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()
    if not any(unicodedata.category(character).startswith("L") for character in name):
        raise NameRefused(NameProblem.NO_LETTER)
    if len(name) > LONGEST_NAME:
        raise NameRefused(NameProblem.TOO_LONG)
    for character in name:
        if unicodedata.category(character) in _HIDDEN and character not in JOINERS:
            raise NameRefused(NameProblem.HIDDEN_CHARACTER, character)
    return name


def email_key(email: str) -> str:
    """What two spellings of one address share."""
    return unicodedata.normalize("NFC", email.strip()).casefold()


def spellings(term: str) -> Collection[str]:
    """A search term as names may write it: databases compare only ASCII letters without case."""
    term = unicodedata.normalize("NFC", term.strip())
    return {term, term.lower(), term.upper(), term.title()}
