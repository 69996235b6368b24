"""Refusals of the schedule as sentences."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from advocates.formatting import clock_span, day
from advocates.schedule.changing import Obstacle
from advocates.schedule.overlaps import SessionsOverlap

OBSTACLES = {
    Obstacle.SIGNED_OFF: _l("This session is signed off, so it can no longer be changed."),
    Obstacle.CANCELLED: _l("This session is cancelled, so it can no longer be changed."),
    Obstacle.HAS_MARKS: _l(
        "Attendance has been recorded for this session, so its time stays and it cannot be cancelled. "
        "If it ended early, sign it off with the times that were delivered."
    ),
    Obstacle.DELIVERED: _l("Minutes of this session were delivered: it ended early and cannot be cancelled."),
    Obstacle.NOTHING_NEW: _l("The session is at this time and place already. Choose another, or leave it as it is."),
    Obstacle.CHANGED_MEANWHILE: _l("Somebody else changed this session meanwhile. Open it again to see how it is now."),
}


def overlap_sentence(refusal: SessionsOverlap, time_zone: str) -> str:
    """Which session meets which."""
    new = f"{day(refusal.start, time_zone)}, {clock_span(refusal.start, refusal.end, time_zone)}"
    if refusal.other is None:
        return _("The session on %(new)s would overlap another one of this layout.", new=new)
    other = clock_span(refusal.other.planned_start, refusal.other.planned_end, time_zone)
    return _("The session on %(new)s would overlap this cohort's session of %(other)s.", new=new, other=other)
