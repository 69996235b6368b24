"""Who may sign a skill (DOMAIN "Completion gates": each observed skill signed by an authorized trainer)."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Authorization:
    """A person may sign one skill of a version, or every skill where `skill` is None.

    It holds from its first to its last day. One that was ended holds up to the day before: what was seen on the day
    itself is signed by somebody else.
    """

    person_id: uuid.UUID
    skill: str | None
    from_on: date
    until_on: date | None = None
    ended_on: date | None = None

    def covers(self, skill: str) -> bool:
        return self.skill is None or self.skill == skill

    def holds_on(self, day: date) -> bool:
        is_over = self.ended_on is not None and day >= self.ended_on
        return self.from_on <= day and (self.until_on is None or day <= self.until_on) and not is_over


def is_authorized(authorizations: Iterable[Authorization], person_id: uuid.UUID, skill: str, day: date) -> bool:
    """Whether the person may sign what was seen of the skill on that day; all authorizations are of one version."""
    return any(each.person_id == person_id and each.covers(skill) and each.holds_on(day) for each in authorizations)
