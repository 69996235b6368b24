"""What becomes of somebody who missed minutes: on track, at risk or out of reach, and what fixes it (Hours 6, 8)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from advocates.attendance.rules.ways import Fix, Terms, Way, choose_ways
from advocates.hours.rules import Forecast, Part, Slice, forecast, subtract

from .outlook import Evidence, Outlook

NEAR = timedelta(days=14)
Missed = Mapping[UUID, Sequence[Slice]]


class Reach(StrEnum):
    """Whether somebody can still complete the hours, the worst last.

    ON_TRACK: every minute has its place, or a make-up is proposed for it. AT_RISK: minutes have no place in the
    cohort's sessions, and activities here could stand in for all of them; or a last day is near. NOT_HERE: not even
    with those. NOWHERE: no session, seat or activity known today brings all of them in time.
    """

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    NOT_HERE = "not_here"
    NOWHERE = "nowhere"


@dataclass(frozen=True)
class Prospect:
    """The figures of one enrollment with what could be made up; together with `unplanned` they add up to required.

    `fixes` are what would bring `elsewhere`, sessions by time, then activities; `activities` what these could do alone.
    `by` is the last day for what is still open, `window_ends_on` that of everything; None without one.
    """

    outlook: Outlook
    forecast: Forecast
    reach: Reach
    open: Missed
    fixes: tuple[Fix, ...]
    activities: tuple[Fix, ...]
    by: date | None = None
    window_ends_on: date | None = None

    @property
    def open_minutes(self) -> int:
        """Required minutes that were missed, and that nothing proposed or booked brings."""
        return max(0, self.outlook.missed_minutes - self.forecast.claimed)

    @property
    def nowhere(self) -> int:
        """Minutes missed for which nothing is known."""
        lost = self.outlook.missed_minutes - self.forecast.claimed - self.forecast.elsewhere
        return min(max(0, lost), self.forecast.nowhere_minutes)

    @property
    def unplanned(self) -> int:
        """Minutes that the program has yet to schedule."""
        return self.forecast.nowhere_minutes - self.nowhere

    @property
    def need(self) -> tuple[int, int, int, int]:
        """Sorts those in the greatest need last."""
        order = list(Reach).index(self.reach)
        return (order, self.nowhere, self.forecast.elsewhere, self.outlook.missed_minutes)


@dataclass(frozen=True)
class Situation:
    """What a prospect rests on, besides the outlook.

    `claimed` are the parts of make-ups that wait or stand; `today` is the cohort's; `window_ends_on` is the last day
    of the completion window, None without one.
    """

    live: Sequence[Part]
    evidence: Evidence
    claimed: Sequence[Part]
    ways: Sequence[Way]
    terms: Terms
    today: date
    window_ends_on: date | None = None


def prospect_of(outlook: Outlook, given: Situation) -> Prospect:
    """Sort what the cohort's sessions do not bring into claimed, possible elsewhere, and nowhere."""
    upcoming = [part for offer in given.evidence.offers for part in offer.parts]
    here = [*given.live, *given.evidence.awaiting, *given.evidence.unconfirmed, *upcoming]
    missed = {gap.module_id: gap.missed for gap in outlook.gaps if gap.missed}
    if not missed:
        reach = _reach(outlook, given, outlook.forecast, 0, 0)
        return Prospect(outlook, outlook.forecast, reach, {}, (), (), window_ends_on=given.window_ends_on)
    claimed = [part for part in given.claimed if part.module_id in missed]
    claims = {module_id: [part.slice for part in claimed if part.module_id == module_id] for module_id in missed}
    open_ = {module_id: subtract(slices, claims[module_id]) for module_id, slices in missed.items()}
    open_ = {module_id: slices for module_id, slices in open_.items() if slices}
    known = [*here, *claimed]
    fixes = choose_ways(known, open_, given.ways, given.terms)
    activities = choose_ways(known, open_, [way for way in given.ways if way.session_id is None], given.terms)
    figures = forecast(
        given.live,
        given.evidence.awaiting,
        upcoming,
        given.terms.hours,
        given.evidence.unconfirmed,
        claimed=claimed,
        elsewhere=[part for fix in fixes for part in fix.parts],
    )
    open_minutes = max(0, outlook.missed_minutes - figures.claimed)
    days = [given.terms.last_day(module_id, each) for module_id, slices in open_.items() for each in slices]
    return Prospect(
        outlook=outlook,
        forecast=figures,
        reach=_reach(outlook, given, figures, open_minutes, sum(fix.minutes for fix in activities)),
        open=open_,
        fixes=fixes,
        activities=activities,
        by=min((day for day in days if day), default=None),
        window_ends_on=given.window_ends_on,
    )


def _reach(outlook: Outlook, given: Situation, figures: Forecast, open_minutes: int, by_activities: int) -> Reach:
    if outlook.needs_more_than_cohort and (open_minutes or outlook.unreachable):
        if figures.elsewhere < open_minutes:
            return Reach.NOWHERE
        if outlook.unreachable or by_activities < open_minutes:
            return Reach.NOT_HERE
        return Reach.AT_RISK
    ends = given.window_ends_on
    is_near = ends is not None and ends - given.today <= NEAR and figures.credited < figures.required
    return Reach.AT_RISK if is_near else Reach.ON_TRACK
