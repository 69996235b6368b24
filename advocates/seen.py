"""Two people edit one record: a form says what it showed, so that nobody overwrites what they never saw.

The form carries a short digest of each value that it was filled with (`forms.html: form_start(seen=form.shown)`). The
activity that writes locks the row first and then lets `Seen.check` compare.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

_MARK = re.compile(r"(\w+):([0-9a-f]{16})(?!\S)")


class ChangedMeanwhile(Exception):
    """Somebody else changed the record. `stored` is what stands now, `unseen` what of it would be lost."""

    def __init__(self, stored: Mapping[str, object], unseen: Mapping[str, object]) -> None:
        super().__init__(f"changed meanwhile: {', '.join(unseen)}")
        self.stored = stored
        self.unseen = unseen


@dataclass(frozen=True)
class Seen:
    """What a form showed: a digest of each value by field. What is missing or garbled was not seen."""

    marks: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, stored: Mapping[str, object]) -> Self:
        return cls({name: _digest(value) for name, value in stored.items()})

    @classmethod
    def read(cls, text: str) -> Self:
        return cls(dict(_MARK.findall(text)))

    def __str__(self) -> str:
        return " ".join(f"{name}:{mark}" for name, mark in self.marks.items())

    def check(self, stored: Mapping[str, object], wanted: Mapping[str, object]) -> None:
        """Raise ChangedMeanwhile where `wanted` would overwrite a stored value that the form did not show.

        Call it when the row is locked and fresh. Both have the same names. Who wants exactly what somebody else
        stored meanwhile loses nothing of theirs, and is not stopped.
        """
        unseen = {
            name: value
            for name, value in stored.items()
            if wanted[name] != value and self.marks.get(name) != _digest(value)
        }
        if unseen:
            raise ChangedMeanwhile(stored, unseen)


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()[:16]
