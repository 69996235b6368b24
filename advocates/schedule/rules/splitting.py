"""A session cut into two: every minute that teaches stays, breaks at the cut fall away."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from advocates.schedule.rules.agenda import PlannedSegment, PlannedSession


def split_session(session: PlannedSession, at: datetime) -> tuple[PlannedSession, PlannedSession] | None:
    """What teaches before and from the UTC instant `at` on; None where one of the two would teach nothing.

    A part that goes on across the instant is cut there, and its module goes on in the second session.
    """
    before = _trimmed(replace(s, end=min(s.end, at)) for s in session.segments if s.start < at)
    after = _trimmed(_from(s, at) for s in session.segments if s.end > at)
    if not before or not after:
        return None
    return _around(session, before), _around(session, after)


def even_split(session: PlannedSession) -> datetime | None:
    """Where a part ends nearest to the middle, so that both halves teach; None for a session of one part."""
    middle = session.start + (session.end - session.start) / 2
    ends = [s.end for s in session.segments if s.slice and split_session(session, s.end)]
    return min(ends, key=lambda end: abs(end - middle), default=None)


def _from(segment: PlannedSegment, at: datetime) -> PlannedSegment:
    if segment.start >= at:
        return segment
    taught = (at - segment.start) // timedelta(minutes=1)
    minute = None if segment.from_minute is None else segment.from_minute + taught
    return replace(segment, start=at, from_minute=minute)


def _trimmed(segments: Iterable[PlannedSegment]) -> tuple[PlannedSegment, ...]:
    """Without the breaks before the first and after the last part that teaches."""
    kept = list(segments)
    while kept and kept[-1].slice is None:
        kept.pop()
    while kept and kept[0].slice is None:
        kept.pop(0)
    return tuple(kept)


def _around(session: PlannedSession, segments: tuple[PlannedSegment, ...]) -> PlannedSession:
    return replace(session, start=segments[0].start, end=segments[-1].end, segments=segments)
