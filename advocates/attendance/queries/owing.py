"""What one enrollment owes, and the sessions and activities that may pay it."""

import uuid
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, exists, false, or_, select

from advocates import clock
from advocates.attendance.models import MakeUpState
from advocates.attendance.queries.ahead import Ahead, SessionToCome, awaiting_and_upcoming
from advocates.attendance.queries.facts import as_delivered
from advocates.attendance.queries.make_ups import OPEN, MakeUpRow, make_ups_of
from advocates.attendance.queries.seats import seats_left, teaches
from advocates.attendance.rules.limits import Taught, make_up_deadline, missed_on, room_under_limits
from advocates.attendance.rules.make_ups import Debt, Elsewhere, debts_of, room_under_cap
from advocates.cohorts.models import Cohort
from advocates.cohorts.queries import EnrollmentRow
from advocates.curriculum.models import CurriculumVersion, VersionModule
from advocates.curriculum.queries import modules_of
from advocates.curriculum.rules import MakeUpRoute, VersionRules, rules_from_json
from advocates.database import db
from advocates.hours.queries import Standing, standings
from advocates.hours.rules import Slice, VersionHours, forecast, intersect, taught_parts, union
from advocates.schedule.models import SeatKind, SessionSeat, TrainingSession
from advocates.schedule.queries import current_segments


@dataclass(frozen=True)
class Offer:
    """A session that teaches `slices` of a module, as delivered, or as planned before sign-off.

    `seats_left` is None where no seat has to be free: in their own cohort, where they have one, and in the past.
    `clashes`: they are expected in another session then.
    """

    session: TrainingSession
    cohort: str
    module_id: uuid.UUID
    slices: Sequence[Slice]
    seats_left: int | None = None
    clashes: bool = False

    @property
    def minutes(self) -> str:
        """0–85, 95–120: of the module."""
        return ", ".join(f"{part.from_minute}–{part.to_minute}" for part in self.slices)

    @property
    def is_full(self) -> bool:
        return self.seats_left is not None and self.seats_left <= 0

    @property
    def is_bookable(self) -> bool:
        """Whether a seat can be taken there now."""
        return self.seats_left is not None and self.is_open

    @property
    def is_open(self) -> bool:
        """Whether it can be proposed."""
        return not self.is_full and not self.clashes

    @property
    def on(self) -> date:
        """The session's local day."""
        return self.session.planned_start.astimezone(ZoneInfo(self.session.time_zone)).date()


@dataclass(frozen=True)
class Owing:
    """The debts of an enrollment without those that a make-up claims, and what may pay them.

    `room_minutes` are left for equivalent activities, None where nothing limits them. `since` is the first day on
    which something can have been made up, `enrolled_on` the day of the enrollment. `taught` is what was taught when.
    `booked` are sessions to come of other cohorts in which they have a seat to make something up.
    """

    row: EnrollmentRow
    rules: VersionRules
    modules: Mapping[uuid.UUID, VersionModule]
    debts: Sequence[Debt]
    offers: Sequence[Offer]
    make_ups: Sequence[MakeUpRow]
    room_minutes: int | None
    since: date
    enrolled_on: date
    taught: Sequence[Taught] = ()
    booked: Sequence[SessionToCome] = ()

    @property
    def used_minutes(self) -> Mapping[MakeUpRoute, int]:
        """The minutes of make-ups that wait or stand, by route."""
        used: Counter[MakeUpRoute] = Counter()
        for row in self.make_ups:
            used[row.make_up.route] += row.used_minutes
        return used

    def room_by(self, route: MakeUpRoute) -> int | None:
        """Minutes that the version's limits still leave to this route; None without a limit."""
        return room_under_limits(self.rules.make_up_limits, self.used_minutes, route)

    def deadline(self, module_id: uuid.UUID, minutes: Slice) -> date | None:
        """The last day to make up the slice, None without one."""
        missed = missed_on(module_id, minutes, self.taught, self.enrolled_on)
        return make_up_deadline(self.rules.make_up_limits, missed)

    @property
    def claims(self) -> Sequence[Debt]:
        """The slices of make-ups that wait or stand."""
        return [row.debt for row in self.make_ups if row.is_open]

    def slices_of(self, module_id: uuid.UUID) -> Sequence[Slice]:
        return [debt.minutes for debt in self.debts if debt.module_id == module_id]

    def offers_for(self, module_id: uuid.UUID) -> Sequence[Offer]:
        return [offer for offer in self.offers if offer.module_id == module_id]

    def offers_of(self, debt: Debt) -> Sequence[Offer]:
        """The sessions that teach at least a part of the debt."""
        return [offer for offer in self.offers_for(debt.module_id) if intersect(offer.slices, [debt.minutes])]

    def seats_of(self, debt: Debt) -> Sequence[SessionToCome]:
        """The seats booked where at least a part of the debt is taught."""
        there = {offer.session.id for offer in self.offers_of(debt)}
        return [session for session in self.booked if session.session_id in there]

    def may_give_up(self, session: SessionToCome) -> bool:
        """Whether no make-up that waits or stands needs the seat."""
        return all(
            row.make_up.session_id != session.session_id or row.make_up.state not in OPEN for row in self.make_ups
        )

    def equivalent_for(self, module_id: uuid.UUID) -> str | None:
        """What the activity is, where the version and the module offer one."""
        is_allowed = MakeUpRoute.EQUIVALENT_ACTIVITY in self.rules.make_up_routes
        return self.modules[module_id].equivalent_activity if is_allowed else None


def load_owing(row: EnrollmentRow) -> Owing:
    """Twelve statements, however many debts, sessions and make-ups."""
    enrollment = row.enrollment
    standing = standings([enrollment.id])[enrollment.id]
    rules = rules_from_json(db.session.get_one(CurriculumVersion, enrollment.curriculum_version_id).rules)
    make_ups = make_ups_of(enrollment.id)
    ahead = awaiting_and_upcoming({enrollment.id: standing.version})[enrollment.id]
    debts = debts_of(
        standing.balance,
        Elsewhere([*ahead.awaiting, *ahead.unconfirmed], ahead.upcoming, ahead.taught, _refused(standing, ahead)),
        [each.debt for each in make_ups if each.is_open],
    )
    created_on = enrollment.created_at.astimezone(ZoneInfo(row.cohort.time_zone)).date()
    since = min(row.cohort.starts_on, created_on)
    return Owing(
        row=row,
        rules=rules,
        modules={module.module_id: module for module in modules_of(enrollment.curriculum_version_id)},
        debts=debts,
        offers=[
            _seated(offer, row.cohort.id, ahead)
            for offer in _offers(row, {debt.module_id for debt in debts}, rules, since, standing.version)
        ],
        make_ups=make_ups,
        room_minutes=_room(standing, make_ups),
        since=since,
        enrolled_on=_enrolled_on(row),
        taught=ahead.held,
        booked=[session for session in ahead.sessions if session.is_booked],
    )


def _refused(standing: Standing, ahead: Ahead) -> Mapping[uuid.UUID, Sequence[Slice]]:
    """What nothing ahead can still credit, also where it is taught: the version's caps are spent."""
    found = forecast(standing.live, ahead.awaiting, ahead.upcoming, standing.version, ahead.unconfirmed)
    return found.owed_without_place


def _enrolled_on(row: EnrollmentRow) -> date:
    at = row.enrollment.enrolled_at or row.enrollment.created_at
    return at.astimezone(ZoneInfo(row.cohort.time_zone)).date()


def _seated(offer: Offer, own_cohort_id: uuid.UUID, ahead: Ahead) -> Offer:
    """The offer as it stands for somebody with these sessions ahead of them."""
    session = offer.session
    is_own = session.cohort_id == own_cohort_id or session.id in {each.session_id for each in ahead.sessions}
    if is_own or session.planned_start <= clock.now():
        return replace(offer, seats_left=None)
    clashes = any(
        each.planned_start < session.planned_end and session.planned_start < each.planned_end for each in ahead.sessions
    )
    return replace(offer, clashes=clashes)


def _room(standing: Standing, make_ups: Sequence[MakeUpRow]) -> int | None:
    proposed = sum(
        row.debt.minutes.minutes
        for row in make_ups
        if row.make_up.state is MakeUpState.PROPOSED and row.make_up.route is MakeUpRoute.EQUIVALENT_ACTIVITY
    )
    return room_under_cap(standing.live, proposed, standing.version)


def _within(row: EnrollmentRow, since: date) -> Mapping[MakeUpRoute, ColumnElement[bool]]:
    """Which sessions each route offers."""
    is_own = TrainingSession.cohort_id == row.cohort.id
    begin = datetime.combine(since, datetime.min.time(), ZoneInfo(row.cohort.time_zone))
    is_visited = exists().where(
        SessionSeat.session_id == TrainingSession.id,
        SessionSeat.enrollment_id == row.enrollment.id,
        SessionSeat.kind == SeatKind.GUEST,
    )
    return {
        MakeUpRoute.SAME_COHORT: is_own & or_(TrainingSession.planned_end > clock.now(), is_visited),
        MakeUpRoute.OTHER_COHORT: ~is_own & (TrainingSession.planned_start >= begin),
    }


def _offers(
    row: EnrollmentRow, module_ids: Collection[uuid.UUID], rules: VersionRules, since: date, version: VersionHours
) -> Sequence[Offer]:
    """The cohort's sessions to come, then others' since the enrollment began, by time. Two statements.

    The cohort's own past ones are no offer, for presence there is credited by itself; but for what the person attended
    as a visitor, before they were enrolled.
    """
    is_own = TrainingSession.cohort_id == row.cohort.id
    within = _within(row, since)
    rows = db.session.execute(
        select(TrainingSession, Cohort.title, seats_left())
        .join(Cohort, Cohort.id == TrainingSession.cohort_id)
        .where(
            TrainingSession.cancelled_at.is_(None),
            or_(false(), *(within[route] for route in rules.make_up_routes if route in within)),
            teaches(module_ids),
        )
        .order_by(~is_own, TrainingSession.planned_start, TrainingSession.id)
    ).all()
    segments = current_segments([session.id for session, *_ in rows])
    taught = {
        session_id: version.earning(taught_parts(as_delivered(found), version.module_minutes))
        for session_id, found in segments.items()
    }
    return [
        Offer(session, title, module_id, slices, left)
        for session, title, left in rows
        for module_id in module_ids
        if (slices := union(part.slice for part in taught[session.id] if part.module_id == module_id))
    ]
