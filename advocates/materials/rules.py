"""Which files and links may be materials."""

from typing import Final
from urllib.parse import urlsplit

from advocates.files.rules import KINDS, FileRefused

N_ = str  # rules know no language: a view looks the marked sentences up
MOST_URL_CHARACTERS = 500
TAKEN: Final = KINDS


class LinkRefused(FileRefused):
    """An address that no material may lead to."""


def check_link(url: str) -> None:
    """Raise LinkRefused unless it is an https address that a page can show."""
    try:
        parts = urlsplit(url)
        is_sound = parts.scheme == "https" and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_sound = False
    if not is_sound or not url.isprintable() or any(character.isspace() or character in '\\"<>' for character in url):
        raise LinkRefused(N_("This must be an address that begins with https://."))
    if parts.username is not None or parts.password is not None:
        raise LinkRefused(N_("Leave names and passwords out of the address: everybody enrolled sees it."))
    if len(url) > MOST_URL_CHARACTERS:
        raise LinkRefused(N_("This is longer than %(most)s characters."), most=MOST_URL_CHARACTERS)
