"""What the hour rules are told and conclude: presence, segments, and the parts of modules they earn."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from advocates.curriculum.delivery import DeliveryMode

from .intervals import Slice

NO_SEGMENT = UUID(int=0)


@dataclass(frozen=True)
class Presence:
    """A person was there from `start` to `end` (aware instants, whole minutes)."""

    start: datetime
    end: datetime
    mode: DeliveryMode


@dataclass(frozen=True)
class DeliveredSegment:
    """A segment that began teaching `from_minute` of its module at `start`; `module_id` None is a break.

    Start and end are the delivered times, or the planned ones of a session that is not signed off.
    """

    segment_id: UUID
    session_id: UUID
    module_id: UUID | None
    from_minute: int
    start: datetime
    end: datetime
    mode: DeliveryMode


class SourceKind(StrEnum):
    MARK = "mark"
    MAKE_UP = "make_up"


@dataclass(frozen=True)
class Source:
    """The evidence: an attendance mark within one segment, or an approved make-up.

    What came along by a transfer names it and keeps the evidence it was earned by.
    """

    kind: SourceKind
    source_id: UUID
    segment_id: UUID | None = None
    transfer_id: UUID | None = None

    @property
    def sort_key(self) -> tuple[UUID, str, UUID]:
        return (self.source_id, self.kind, self.segment_id or NO_SEGMENT)


@dataclass(frozen=True)
class Part:
    """Minutes of one module in one delivery mode. ValueError unless 0 <= from_minute < to_minute."""

    module_id: UUID
    from_minute: int
    to_minute: int
    mode: DeliveryMode

    def __post_init__(self) -> None:
        if not 0 <= self.from_minute < self.to_minute:
            raise ValueError(f"minutes {self.from_minute} to {self.to_minute} are no slice")

    @property
    def minutes(self) -> int:
        return self.to_minute - self.from_minute

    @property
    def slice(self) -> Slice:
        return Slice(self.from_minute, self.to_minute)

    def covers(self, other: Slice) -> bool:
        return self.from_minute <= other.from_minute and other.to_minute <= self.to_minute


@dataclass(frozen=True)
class Earned(Part):
    """A part of a module and the evidence it stands on."""

    source: Source


@dataclass(frozen=True)
class LiveEntry(Earned):
    """A ledger entry that no other entry reverses."""

    entry_id: UUID
