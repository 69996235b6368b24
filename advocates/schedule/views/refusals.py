"""Refusals of the schedule as sentences."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field

from advocates.formatting import clock_span, day
from advocates.schedule.changing import Obstacle
from advocates.schedule.forms.rows import complain
from advocates.schedule.holding import OnlyKnowingly, Taken
from advocates.schedule.overlaps import SessionsOverlap

OBSTACLES = {
    Obstacle.SIGNED_OFF: _l("This session is signed off, so it can no longer be changed."),
    Obstacle.CANCELLED: _l("This session is canceled, so it can no longer be changed."),
    Obstacle.HAS_MARKS: _l(
        "Attendance has been recorded for this session, so its time stays and it cannot be canceled. "
        "If it ended early, sign it off with the times that were delivered."
    ),
    Obstacle.DELIVERED: _l("Minutes of this session were delivered: it ended early and cannot be canceled."),
    Obstacle.NOTHING_NEW: _l("The session is at this time and place already. Choose another, or leave it as it is."),
    Obstacle.CHANGED_MEANWHILE: _l("Somebody else changed this session meanwhile. Open it again to see how it is now."),
}


def explain_holding(refusal: OnlyKnowingly, when: Field, room: Field) -> None:
    """Say everything at its field: which day it is, and who needs the room or the people then."""
    if refusal.names:
        sentence = _(
            "%(day)s is closed: %(names)s. Choose another day, or tick below to hold the session all the same.",
            day=day(refusal.day),
            names=closing_names(refusal.names),
        )
        complain(when, sentence)
    for taken in refusal.taken:
        way_out = _("Choose another room or time, or tick below to hold it all the same.")
        complain(when if taken.name else room, f"{taken_sentence(taken)} {way_out}")


def taken_sentence(taken: Taken) -> str:
    """Who uses the room then, or teaches elsewhere."""
    span = clock_span(taken.start, taken.end, taken.time_zone)
    values = {"cohort": taken.cohort, "when": f"{day(taken.start, taken.time_zone)}, {span}"}
    if taken.name:
        return _("%(name)s also teaches %(cohort)s at that time: %(when)s.", name=taken.name, **values)
    return _("%(cohort)s uses this room then: %(when)s.", **values)


def closing_names(names: Iterable[str]) -> str:
    """Holidays and closings of one day, in the reader's language where they are known."""
    return ", ".join(str(_(name)) for name in names)


def overlap_sentence(refusal: SessionsOverlap, time_zone: str) -> str:
    """Which session meets which."""
    new = f"{day(refusal.start, time_zone)}, {clock_span(refusal.start, refusal.end, time_zone)}"
    if refusal.other is None:
        return _("The session on %(new)s would overlap another one of this layout.", new=new)
    other = clock_span(refusal.other.planned_start, refusal.other.planned_end, time_zone)
    return _("The session on %(new)s would overlap this cohort's session of %(other)s.", new=new, other=other)
