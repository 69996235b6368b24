"""What a person's attendance and approved make-ups earn: the facts that the ledger must agree with (Hours 4 and 8)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from advocates.curriculum.delivery import DeliveryMode
from advocates.hours.rules import (
    DeliveredSegment,
    Earned,
    Part,
    Presence,
    Slice,
    Source,
    SourceKind,
    earned_from_presence,
    intersect,
)


@dataclass(frozen=True)
class Attended:
    """One person's current mark at one session, and what that session delivered.

    `is_visit`: a guest, or somebody there for a make-up. Their presence earns nothing by itself, only the
    slices of a make-up that was approved for it.
    """

    session_id: UUID
    mark_id: UUID
    presences: Sequence[Presence]
    segments: Sequence[DeliveredSegment]
    is_visit: bool = False


@dataclass(frozen=True)
class ApprovedMakeUp:
    """A slice paid by another session (`session_id`), or by an equivalent activity (None)."""

    make_up_id: UUID
    module_id: UUID
    minutes: Slice
    session_id: UUID | None


def earned_from_facts(
    attended: Iterable[Attended], make_ups: Iterable[ApprovedMakeUp], module_minutes: Mapping[UUID, int]
) -> tuple[Earned, ...]:
    """Everything one enrollment earned, each part with its evidence; parts may overlap.

    A make-up in a session earns what the person was there for within its slice, in the mode of the presence;
    an equivalent activity earns its whole slice. ValueError as `earned_from_presence`.
    """
    earned: list[Earned] = []
    in_session: dict[UUID, tuple[Earned, ...]] = {}
    for each in attended:
        parts = earned_from_presence(each.mark_id, each.presences, each.segments, module_minutes)
        in_session[each.session_id] = parts
        earned += () if each.is_visit else parts
    for make_up in make_ups:
        earned += _paid(make_up, in_session, module_minutes)
    return tuple(earned)


def within_make_ups(taught: Iterable[Part], make_ups: Iterable[ApprovedMakeUp]) -> Iterator[Part]:
    """What of a session's teaching a visitor may still earn there: the slices approved for it."""
    offered = tuple(taught)
    for make_up in make_ups:
        for part in offered:
            if part.module_id == make_up.module_id:
                for minutes in intersect([part.slice], [make_up.minutes]):
                    yield Part(part.module_id, minutes.from_minute, minutes.to_minute, part.mode)


def _paid(
    make_up: ApprovedMakeUp, in_session: Mapping[UUID, Sequence[Earned]], module_minutes: Mapping[UUID, int]
) -> Iterator[Earned]:
    if make_up.session_id is None:
        whole = Slice(0, module_minutes.get(make_up.module_id, 0))
        source, mode = Source(SourceKind.MAKE_UP, make_up.make_up_id), DeliveryMode.EQUIVALENT_ACTIVITY
        for minutes in intersect([make_up.minutes], [whole]):
            yield Earned(make_up.module_id, minutes.from_minute, minutes.to_minute, mode, source)
        return
    for part in in_session.get(make_up.session_id, ()):
        source = Source(SourceKind.MAKE_UP, make_up.make_up_id, part.source.segment_id)
        for minutes in intersect([part.slice], [make_up.minutes] if part.module_id == make_up.module_id else []):
            yield Earned(part.module_id, minutes.from_minute, minutes.to_minute, part.mode, source)
