"""Credit is presence that overlaps delivered segments, module slice by module slice (Hours 2 to 4)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from uuid import UUID

from advocates.curriculum.delivery import DeliveryMode

from .facts import DeliveredSegment, Earned, Part, Presence, Source, SourceKind
from .intervals import Slice, intersect, minute_of, subtract


def earned_from_presence(
    mark_id: UUID,
    presences: Iterable[Presence],
    segments: Iterable[DeliveredSegment],
    module_minutes: Mapping[UUID, int],
) -> tuple[Earned, ...]:
    """What one mark earns in one session, in the presence's own mode, sorted by module and minute.

    Breaks and modules outside `module_minutes` earn nothing; nothing is earned beyond a module's minutes.
    ValueError when segments overlap (a minute of presence is credited once) or an instant is naive or not
    a whole minute.
    """
    taught = list(segments)
    _refuse_overlap(taught)
    clock: dict[DeliveryMode, list[Slice]] = {mode: [] for mode in DeliveryMode}
    for presence in presences:
        clock[presence.mode].append(_clock_slice(presence))
    earned = [
        Earned(
            module_id,
            part.from_minute,
            part.to_minute,
            mode,
            Source(SourceKind.MARK, mark_id, segment.segment_id),
        )
        for segment in taught
        if (module_id := segment.module_id) is not None
        for mode, part in _attended(segment, clock, module_minutes.get(module_id, 0))
    ]
    return tuple(sorted(earned, key=lambda each: (each.module_id, each.from_minute, each.source.sort_key)))


def taught_parts(segments: Iterable[DeliveredSegment], module_minutes: Mapping[UUID, int]) -> tuple[Part, ...]:
    """Everything the segments teach, in their own mode: what a person could earn who was there throughout."""
    parts = []
    for segment in segments:
        if segment.module_id is None:
            continue
        to_minute = segment.from_minute + _clock_slice(segment).minutes
        last = min(to_minute, module_minutes.get(segment.module_id, 0))
        if segment.from_minute < last:
            parts.append(Part(segment.module_id, segment.from_minute, last, segment.mode))
    return tuple(parts)


def _attended(
    segment: DeliveredSegment, clock: Mapping[DeliveryMode, Sequence[Slice]], module_minutes: int
) -> Iterator[tuple[DeliveryMode, Slice]]:
    delivered = _clock_slice(segment)
    shift = segment.from_minute - delivered.from_minute
    free: tuple[Slice, ...] = (delivered,)
    for mode, present in clock.items():
        for part in intersect(free, present):
            clipped = Slice(part.from_minute + shift, min(part.to_minute + shift, module_minutes))
            if clipped.minutes > 0:
                yield mode, clipped
        free = subtract(free, present)


def _clock_slice(span: Presence | DeliveredSegment) -> Slice:
    return Slice(minute_of(span.start), minute_of(span.end))


def _refuse_overlap(segments: Iterable[DeliveredSegment]) -> None:
    spans = sorted(span for segment in segments if (span := _clock_slice(segment)).minutes > 0)
    for earlier, later in pairwise(spans):
        if later.from_minute < earlier.to_minute:
            raise ValueError("segments of one session overlap")
