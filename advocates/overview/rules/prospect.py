"""What becomes of somebody who missed minutes: on track, at risk or out of reach, and what fixes it (Hours 6, 8)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from advocates.attendance.rules.ways import Fix, Terms, Way, choose_ways
from advocates.hours.rules import Forecast, Part, Slice, forecast, intersect, subtract

from .outlook import Evidence, Outlook

NEAR = timedelta(days=14)
Missed = Mapping[UUID, Sequence[Slice]]


class Reach(StrEnum):
    """Whether somebody can still complete the hours, the worst last.

    ON_TRACK: every minute has its place, or a make-up is proposed for it. AT_RISK: minutes have no place in the
    cohort's sessions, and activities here could stand in for all of them; or a last day is near. NOT_HERE: not even
    with those. NOWHERE: no session, seat or activity known today brings all of them in time. What comes after the
    completion window brings nothing.
    """

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    NOT_HERE = "not_here"
    NOWHERE = "nowhere"


@dataclass(frozen=True)
class Prospect:
    """The figures of one enrollment with what could be made up; together with `unplanned` they add up to required.

    `fixes` are what would bring `elsewhere`, sessions by time, then activities; `activities` what these could do alone.
    `nowhere` are minutes missed, or to come too late, for which nothing is known. `by` is the last day for what is
    still open, `window_ends_on` that of everything; None without one. `unscheduled` is what is not scheduled yet and
    not claimed either; `unscheduled_claimed` are minutes of the forecast's claimed ones that were not scheduled.
    """

    outlook: Outlook
    forecast: Forecast
    reach: Reach
    open: Missed
    fixes: tuple[Fix, ...]
    activities: tuple[Fix, ...]
    nowhere: int
    by: date | None = None
    window_ends_on: date | None = None
    unscheduled: Missed = field(default_factory=dict)
    unscheduled_claimed: int = 0

    @property
    def open_minutes(self) -> int:
        """Required minutes that were missed, and that nothing proposed or booked brings."""
        return max(0, self.outlook.missed_minutes - (self.forecast.claimed - self.unscheduled_claimed))

    @property
    def to_schedule(self) -> Missed:
        """What the program has to schedule: of electives only while their minutes are owed."""
        is_owed = self.outlook.forecast.electives_without_place > 0
        owed = {gap.module_id for gap in self.outlook.gaps if gap.is_required or is_owed}
        return {module_id: slices for module_id, slices in self.unscheduled.items() if module_id in owed}

    @property
    def unscheduled_minutes(self) -> int:
        """Required minutes that are in no session, and that nothing proposed or booked brings."""
        return max(0, self.outlook.unplanned_minutes - self.unscheduled_claimed)

    @property
    def late(self) -> int:
        """Minutes that only sessions after the completion window teach."""
        return self.outlook.forecast.still_possible - self.forecast.still_possible

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

    @property
    def is_over(self) -> bool:
        """Whether the completion window is."""
        return self.window_ends_on is not None and self.window_ends_on < self.today

    def is_in_time(self, on: date | None) -> bool:
        """Whether what takes place then is within the completion window; None is today at the earliest."""
        return self.window_ends_on is None or (on or self.today) <= self.window_ends_on


def prospect_of(outlook: Outlook, given: Situation) -> Prospect:
    """Sort what the cohort's sessions do not bring in time into claimed, possible elsewhere, and nowhere."""
    upcoming = [part for offer in given.evidence.offers if given.is_in_time(offer.on) for part in offer.parts]
    missed = {gap.module_id: gap.missed for gap in outlook.gaps if gap.missed}
    unplanned = {gap.module_id: gap.unplanned for gap in outlook.gaps if gap.unplanned}
    if not missed and not unplanned and given.window_ends_on is None:
        return Prospect(outlook, outlook.forecast, _reach(outlook, given, outlook.forecast, 0, 0, 0), {}, (), (), 0)
    in_place_of_missed, in_place_of_unplanned = _sort_claims(given.claimed, missed, unplanned)
    claimed = [*in_place_of_missed, *in_place_of_unplanned]
    open_ = _unclaimed(missed, claimed)
    known = [*given.live, *given.evidence.awaiting, *given.evidence.unconfirmed, *upcoming, *claimed]
    ways = [way for way in given.ways if given.is_in_time(way.on)]
    fixes = choose_ways(known, open_, ways, given.terms)
    activities = choose_ways(known, open_, [way for way in ways if way.session_id is None], given.terms)
    sorted_in = (given.live, given.evidence.awaiting, upcoming, given.terms.hours, given.evidence.unconfirmed)
    brought = [part for fix in fixes for part in fix.parts]
    figures = forecast(*sorted_in, claimed=claimed, elsewhere=brought)
    unscheduled_claimed = 0
    if in_place_of_unplanned:
        unscheduled_claimed = figures.claimed - forecast(*sorted_in, claimed=in_place_of_missed).claimed
    claimed_minutes = figures.claimed - unscheduled_claimed
    open_minutes = max(0, outlook.missed_minutes - claimed_minutes)
    nowhere = _nowhere(outlook, given, figures, claimed_minutes)
    by_activities = sum(fix.minutes for fix in activities)
    days = [given.terms.last_day(module_id, each) for module_id, slices in open_.items() for each in slices]
    return Prospect(
        outlook=outlook,
        forecast=figures,
        reach=_reach(outlook, given, figures, open_minutes, nowhere, by_activities),
        open=open_,
        fixes=fixes,
        activities=activities,
        nowhere=nowhere,
        by=min((day for day in days if day), default=None),
        window_ends_on=given.window_ends_on,
        unscheduled=_unclaimed(unplanned, claimed),
        unscheduled_claimed=unscheduled_claimed,
    )


def _sort_claims(claimed: Sequence[Part], missed: Missed, unplanned: Missed) -> tuple[Sequence[Part], Sequence[Part]]:
    """The claimed parts of these modules: those that were not scheduled last, and apart."""
    others, unscheduled = [], []
    for part in claimed:
        if part.module_id in missed or part.module_id in unplanned:
            found = intersect([part.slice], unplanned.get(part.module_id, ()))
            unscheduled += [replace(part, from_minute=each.from_minute, to_minute=each.to_minute) for each in found]
            rest = subtract([part.slice], found) if part.module_id in missed else ()
            others += [replace(part, from_minute=each.from_minute, to_minute=each.to_minute) for each in rest]
    return others, unscheduled


def _unclaimed(slices: Missed, claimed: Sequence[Part]) -> Missed:
    left = {
        module_id: subtract(each, [part.slice for part in claimed if part.module_id == module_id])
        for module_id, each in slices.items()
    }
    return {module_id: each for module_id, each in left.items() if each}


def _nowhere(outlook: Outlook, given: Situation, figures: Forecast, claimed_minutes: int) -> int:
    """Once the window is over, what is not planned yet is lost as well."""
    if given.is_over:
        return figures.nowhere_minutes
    late = outlook.forecast.still_possible - figures.still_possible
    lost = outlook.missed_minutes + late - claimed_minutes - figures.elsewhere
    return min(max(0, lost), figures.nowhere_minutes)


def _reach(
    outlook: Outlook, given: Situation, figures: Forecast, open_minutes: int, nowhere: int, by_activities: int
) -> Reach:
    is_late = given.is_over or figures.still_possible < outlook.forecast.still_possible
    if is_late and (nowhere or outlook.unreachable):
        return Reach.NOWHERE
    if outlook.needs_more_than_cohort and (open_minutes or outlook.unreachable):
        if figures.elsewhere < open_minutes:
            return Reach.NOWHERE
        if outlook.unreachable or by_activities < open_minutes:
            return Reach.NOT_HERE
        return Reach.AT_RISK
    ends = given.window_ends_on
    is_near = ends is not None and given.today <= ends <= given.today + NEAR
    return Reach.AT_RISK if is_near and figures.credited < figures.required else Reach.ON_TRACK
