"""Forecasts: what becomes of those who missed minutes, and what would fix it. Nine statements, however many people."""

import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, select

from advocates import clock
from advocates.attendance.proposing import MAKING_UP
from advocates.attendance.queries import Ahead, LedgerRow, SessionToCome, awaiting_and_upcoming, ledger_rows
from advocates.attendance.queries.make_ups import MakeUpRow, open_make_ups
from advocates.attendance.queries.seats import SessionElsewhere, sessions_elsewhere
from advocates.attendance.rules.make_ups import credited_minutes
from advocates.attendance.rules.ways import Fix, Way
from advocates.cohorts.models import Cohort, Enrollment, Placement
from advocates.cohorts.rules import EnrollmentStatus
from advocates.curriculum.delivery import DeliveryMode
from advocates.curriculum.rules import MakeUpRoute
from advocates.database import db
from advocates.hours.queries import VersionTerms, version_terms
from advocates.hours.rules import Part, balance, intersect, total_minutes
from advocates.overview.queries.bounds import terms_of, window_ends_on
from advocates.overview.queries.progress import (
    activities_of,
    booked_for,
    booked_parts,
    brought_to,
    evidence_of,
    live_parts,
)
from advocates.overview.rules import Outlook, Prospect, Situation, look_ahead, prospect_of
from advocates.people.models import PersonProfile

ELSEWHERE = MakeUpRoute.OTHER_COHORT


@dataclass(frozen=True)
class Forecast:
    """One person's prospect, with the sessions that it names.

    `booked` are seats at other cohorts' sessions to come, `make_ups` those that wait or stand.
    """

    enrollment_id: uuid.UUID
    name: str
    version: VersionTerms
    situation: Situation
    prospect: Prospect
    elsewhere: Mapping[uuid.UUID, SessionElsewhere]
    booked: Sequence[SessionToCome]
    make_ups: Sequence[MakeUpRow]

    @property
    def sessions(self) -> Sequence[tuple[SessionElsewhere, Fix]]:
        """The sessions that would fix it, by time."""
        return [(self.elsewhere[fix.way.session_id], fix) for fix in self.prospect.fixes if fix.way.session_id]

    @property
    def activity_minutes(self) -> int:
        """What besides these sessions equivalent activities would fix."""
        return sum(fix.minutes for fix in self.prospect.fixes if fix.way.session_id is None)

    def open_minutes(self, module_id: uuid.UUID) -> int:
        return total_minutes(self.prospect.open[module_id])

    def sessions_for(self, module_id: uuid.UUID) -> Sequence[tuple[SessionElsewhere, int]]:
        """Every session with a seat free that teaches something missing of the module in time, and how much of it."""
        last_day, missing = self.situation.terms.last_day, self.prospect.open[module_id]
        found = []
        for way in self.situation.ways:
            both = intersect((part.slice for part in way.parts if part.module_id == module_id), missing)
            days = ((each, last_day(module_id, each)) for each in both)
            minutes = total_minutes(each for each, last in days if last is None or way.on <= last)
            if way.session_id and minutes and self.situation.is_in_time(way.on):
                found.append((self.elsewhere[way.session_id], minutes))
        return found

    def seats_for(self, module_id: uuid.UUID) -> Sequence[SessionToCome]:
        """The seats booked where something of the module is taught that the cohort's sessions do not bring."""
        gaps = (gap for gap in self.prospect.outlook.gaps if gap.module_id == module_id)
        return [session for gap in gaps for session in booked_for(gap, self.booked, self.version.hours)]

    def brought_by(self, session: SessionToCome) -> Sequence[tuple[str, int]]:
        """What a booked session teaches of all that, by module, in minutes."""
        hours, gaps = self.version.hours, self.prospect.outlook.gaps
        found = ((gap.module_id, total_minutes(brought_to(gap, session, hours))) for gap in gaps)
        return [(self.version.titles[module_id], minutes) for module_id, minutes in found if minutes]

    def activity_for(self, module_id: uuid.UUID) -> int:
        """How much of the module's missing minutes equivalent activities alone could fix."""
        parts = (part for fix in self.prospect.activities for part in fix.parts)
        return sum(part.minutes for part in parts if part.module_id == module_id)


@dataclass(frozen=True)
class _Known:
    """What is known of one person before other cohorts are looked at."""

    version: VersionTerms
    ledger: Sequence[LedgerRow]
    ahead: Ahead
    make_ups: Sequence[MakeUpRow]
    enrolled_on: date
    outlook: Outlook


def forecasts_of_cohort(cohort: Cohort) -> Sequence[Forecast]:
    """Everybody in training there, by name."""
    return _forecasts(cohort, Placement.ended_at.is_(None), Enrollment.status == EnrollmentStatus.ENROLLED)


def forecast_of(cohort: Cohort, enrollment_id: uuid.UUID) -> Forecast | None:
    """One person's whose place is or was in the cohort; None for somebody who has nothing to make up."""
    found = _forecasts(cohort, Enrollment.id == enrollment_id, Enrollment.status.in_(MAKING_UP))
    return found[0] if found else None


def _forecasts(cohort: Cohort, *wanted: ColumnElement[bool]) -> Sequence[Forecast]:
    people = db.session.execute(
        select(
            Enrollment.id,
            PersonProfile.chosen_name,
            Enrollment.curriculum_version_id,
            func.coalesce(Enrollment.enrolled_at, Enrollment.created_at),
        )
        .join(PersonProfile, PersonProfile.person_id == Enrollment.person_id)
        .join(Placement, Placement.enrollment_id == Enrollment.id)
        .where(Placement.cohort_id == cohort.id, *wanted)
        .order_by(func.lower(PersonProfile.chosen_name), Enrollment.id)
    ).all()
    known = _known(cohort, {key: (version_id, at) for key, _name, version_id, at in people})
    missed = {gap.module_id for each in known.values() for gap in each.outlook.missed}
    elsewhere = {each.session_id: each for each in sessions_elsewhere(cohort.id, missed)}
    # Somebody who came back has several places there.
    names = {key: name for key, name, *_others in people}
    return [_forecast(cohort, key, name, known[key], elsewhere) for key, name in names.items()]


def _known(cohort: Cohort, people: Mapping[uuid.UUID, tuple[uuid.UUID, datetime]]) -> Mapping[uuid.UUID, _Known]:
    """Seven statements."""
    terms = version_terms({version_id for version_id, _at in people.values()})
    versions = {key: terms[version_id] for key, (version_id, _at) in people.items()}
    ledgers, make_ups = ledger_rows(people.keys()), open_make_ups(people.keys())
    ahead = awaiting_and_upcoming({key: version.hours for key, version in versions.items()})
    found = {}
    for key, (_version_id, at) in people.items():
        live, hours = live_parts(ledgers[key]), versions[key].hours
        outlook = look_ahead(balance(live, hours), live, evidence_of(ahead[key]), hours)
        day = at.astimezone(ZoneInfo(cohort.time_zone)).date()
        found[key] = _Known(versions[key], ledgers[key], ahead[key], make_ups[key], day, outlook)
    return found


def _forecast(
    cohort: Cohort, key: uuid.UUID, name: str, known: _Known, elsewhere: Mapping[uuid.UUID, SessionElsewhere]
) -> Forecast:
    live, today = live_parts(known.ledger), clock.today(cohort.time_zone)
    booked = [session for session in known.ahead.sessions if session.is_booked]
    ends = window_ends_on(known.version, known.ledger)
    situation = Situation(
        live=live,
        evidence=evidence_of(known.ahead),
        claimed=[*_claimed(known.make_ups, ends), *booked_parts(booked, known.version.hours, ends)],
        ways=tuple(_ways(known, elsewhere, today)),
        terms=terms_of(known.version, known.ahead.held, known.enrolled_on, _used(known, live)),
        today=today,
        window_ends_on=ends,
    )
    prospect = prospect_of(known.outlook, situation)
    return Forecast(key, name, known.version, situation, prospect, elsewhere, booked, known.make_ups)


def _claimed(make_ups: Sequence[MakeUpRow], ends: date | None) -> Iterator[Part]:
    """What make-ups name that wait or stand, until the completion window ends."""
    for row in make_ups:
        if row.is_open and (ends is None or row.make_up.done_on <= ends):
            mode = row.session.delivery_mode if row.session else DeliveryMode.EQUIVALENT_ACTIVITY
            yield Part(row.debt.module_id, row.debt.minutes.from_minute, row.debt.minutes.to_minute, mode)


def _ways(known: _Known, elsewhere: Mapping[uuid.UUID, SessionElsewhere], today: date) -> Iterator[Way]:
    """Sessions of other cohorts that are at no time of a session of one's own, then equivalent activities."""
    routes, hours = known.version.rules.make_up_routes, known.version.hours
    for session in elsewhere.values() if ELSEWHERE in routes else ():
        parts = tuple(session.parts_for(hours))
        if parts and not any(_overlap(session, own) for own in known.ahead.sessions):
            yield Way(ELSEWHERE, session.on, parts, session.session_id)
    yield activities_of(known.version, today)


def _overlap(session: SessionElsewhere, own: SessionToCome) -> bool:
    return own.planned_start < session.planned_end and session.planned_start < own.planned_end


def _used(known: _Known, live: Sequence[Part]) -> Mapping[MakeUpRoute, int]:
    used: Counter[MakeUpRoute] = Counter()
    for row in known.make_ups:
        used[row.make_up.route] += replace(row, credited_minutes=credited_minutes(live, row.debt)).used_minutes
    return used
