"""Answers as a page or its script sends them, read as strictly as any form."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from advocates.sittings.rules.answering import fields_of, prefix_of
from advocates.sittings.saving import Sent

MOST_ANSWERS = 100
MOST_FIELDS = 200
YEARS = range(2000, 2200)


class UnreadableAnswers(ValueError):
    """Not what a page of ours sends."""


def sent_by_form(form: Mapping[str, Sequence[str]], positions: Collection[int]) -> list[Sent]:
    """What a page without its script sends: every question that stands on it."""
    try:
        return [
            Sent(
                position,
                uuid.UUID(form[f"key-{position}"][0]),
                _whole(int(form[f"base-{position}"][0])),
                fields_of(form, prefix_of(position)),
            )
            for position in positions
            if f"key-{position}" in form
        ]
    except (KeyError, IndexError, ValueError) as error:
        raise UnreadableAnswers from error


def sent_by_script(data: Any) -> tuple[uuid.UUID, list[Sent]]:
    """Who answered, and the answers. UnreadableAnswers."""
    try:
        answers = [_sent(each) for each in data["answers"]]
        if len(answers) > MOST_ANSWERS or len({each.client_key for each in answers}) < len(answers):
            raise UnreadableAnswers
        return uuid.UUID(data["by"]), answers
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise UnreadableAnswers from error


def _sent(each: Any) -> Sent:
    fields = {str(name): [_text(value) for value in values] for name, values in each["fields"].items()}
    if len(fields) > MOST_FIELDS:
        raise UnreadableAnswers
    follows = frozenset(str(uuid.UUID(key)) for key in each["follows"])
    key = uuid.UUID(each["client_key"])
    device_at = _instant(each.get("device_at"))
    return Sent(_whole(each["position"]), key, _whole(each["base"]), fields, follows, device_at)


def _whole(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 10**6:
        raise UnreadableAnswers
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise UnreadableAnswers
    return value


def _instant(value: Any) -> datetime | None:
    """What the device's clock said. One that is out of all reason says nothing."""
    if not value:
        return None
    at = datetime.fromisoformat(value)
    if at.tzinfo is None:
        raise UnreadableAnswers
    return at.astimezone(UTC).replace(microsecond=0) if at.year in YEARS else None
