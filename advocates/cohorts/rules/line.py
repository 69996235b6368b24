"""Who on a waitlist is next: in order, as far as seats reach, and never past an agency's quota."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Waiting:
    """Somebody who waits for a seat, and the agency that sends them. Without `email` nobody may write to them."""

    enrollment_id: uuid.UUID
    person_id: uuid.UUID
    chosen_name: str
    email: str | None = None
    agency_id: uuid.UUID | None = None
    language: str = "en"


@dataclass(frozen=True)
class Quota:
    """The most seats of one agency in a cohort, and how many of them are taken."""

    agency_id: uuid.UUID
    agency: str
    seats: int
    taken: int

    @property
    def left(self) -> int:
        return max(0, self.seats - self.taken)


def quotas_left(quotas: Sequence[Quota]) -> dict[uuid.UUID, int]:
    return {quota.agency_id: quota.left for quota in quotas}


def next_in_line(line: Sequence[Waiting], free_seats: int, left: Mapping[uuid.UUID, int]) -> list[Waiting]:
    """Those who get a free seat. Whose agency has used up its quota keeps their place, and the next one follows.

    `left` are the seats that agencies with a quota may still fill; others may fill any.
    """
    chosen: list[Waiting] = []
    remaining = dict(left)
    for person in line:
        if len(chosen) >= free_seats:
            break
        if person.agency_id in remaining:
            if remaining[person.agency_id] <= 0:
                continue
            remaining[person.agency_id] -= 1
        chosen.append(person)
    return chosen
