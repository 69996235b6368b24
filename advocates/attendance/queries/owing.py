"""What one enrollment owes, and the sessions and activities that may pay it."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import exists, false, or_, select

from advocates import clock
from advocates.attendance.models import MakeUpState
from advocates.attendance.queries.ahead import awaiting_and_upcoming
from advocates.attendance.queries.facts import as_delivered
from advocates.attendance.queries.make_ups import MakeUpRow, make_ups_of
from advocates.attendance.rules.make_ups import Debt, Elsewhere, debts_of, room_under_cap
from advocates.cohorts.models import Cohort
from advocates.cohorts.queries import EnrollmentRow
from advocates.curriculum.models import CurriculumVersion, VersionModule
from advocates.curriculum.queries import modules_of
from advocates.curriculum.rules import MakeUpRoute, VersionRules, rules_from_json
from advocates.database import db
from advocates.hours.queries import Standing, standings
from advocates.hours.rules import Slice, VersionHours, intersect, taught_parts, union
from advocates.schedule.models import AgendaSegment, TrainingSession
from advocates.schedule.queries import current_segments

OPEN = {MakeUpState.PROPOSED, MakeUpState.APPROVED}


@dataclass(frozen=True)
class Offer:
    """A session that teaches `slices` of a module, as delivered, or as planned before sign-off."""

    session: TrainingSession
    cohort: str
    module_id: uuid.UUID
    slices: Sequence[Slice]

    @property
    def on(self) -> date:
        """The session's local day."""
        return self.session.planned_start.astimezone(ZoneInfo(self.session.time_zone)).date()


@dataclass(frozen=True)
class Owing:
    """The debts of an enrollment without those that a make-up claims, and what may pay them.

    `room_minutes` are left for equivalent activities, None where nothing limits them. `since` is the first day on
    which something can have been made up.
    """

    row: EnrollmentRow
    rules: VersionRules
    modules: Mapping[uuid.UUID, VersionModule]
    debts: Sequence[Debt]
    offers: Sequence[Offer]
    make_ups: Sequence[MakeUpRow]
    room_minutes: int | None
    since: date

    @property
    def claims(self) -> Sequence[Debt]:
        """The slices of make-ups that wait or stand."""
        return [row.debt for row in self.make_ups if row.make_up.state in OPEN]

    def slices_of(self, module_id: uuid.UUID) -> Sequence[Slice]:
        return [debt.minutes for debt in self.debts if debt.module_id == module_id]

    def offers_for(self, module_id: uuid.UUID) -> Sequence[Offer]:
        return [offer for offer in self.offers if offer.module_id == module_id]

    def offers_of(self, debt: Debt) -> Sequence[Offer]:
        """The sessions that teach at least a part of the debt."""
        return [offer for offer in self.offers_for(debt.module_id) if intersect(offer.slices, [debt.minutes])]

    def equivalent_for(self, module_id: uuid.UUID) -> str | None:
        """What the activity is, where the version and the module offer one."""
        is_allowed = MakeUpRoute.EQUIVALENT_ACTIVITY in self.rules.make_up_routes
        return self.modules[module_id].equivalent_activity if is_allowed else None


def load_owing(row: EnrollmentRow) -> Owing:
    """Eleven statements, however many debts, sessions and make-ups."""
    enrollment = row.enrollment
    standing = standings([enrollment.id])[enrollment.id]
    rules = rules_from_json(db.session.get_one(CurriculumVersion, enrollment.curriculum_version_id).rules)
    make_ups = make_ups_of(enrollment.id)
    ahead = awaiting_and_upcoming({enrollment.id: standing.version})[enrollment.id]
    debts = debts_of(
        standing.balance,
        Elsewhere([*ahead.awaiting, *ahead.unconfirmed], ahead.upcoming, ahead.taught),
        [each.debt for each in make_ups if each.make_up.state in OPEN],
    )
    since = min(row.cohort.starts_on, enrollment.created_at.astimezone(ZoneInfo(row.cohort.time_zone)).date())
    return Owing(
        row=row,
        rules=rules,
        modules={module.module_id: module for module in modules_of(enrollment.curriculum_version_id)},
        debts=debts,
        offers=_offers(row.cohort, {debt.module_id for debt in debts}, rules, since, standing.version),
        make_ups=make_ups,
        room_minutes=_room(standing, make_ups),
        since=since,
    )


def _room(standing: Standing, make_ups: Sequence[MakeUpRow]) -> int | None:
    proposed = sum(
        row.debt.minutes.minutes
        for row in make_ups
        if row.make_up.state is MakeUpState.PROPOSED and row.make_up.route is MakeUpRoute.EQUIVALENT_ACTIVITY
    )
    return room_under_cap(standing.live, proposed, standing.version)


def _offers(
    cohort: Cohort, module_ids: Collection[uuid.UUID], rules: VersionRules, since: date, version: VersionHours
) -> Sequence[Offer]:
    """The cohort's sessions to come, then others' since the enrollment began, by time. Two statements.

    The cohort's own past ones are no offer: presence there is credited by itself.
    """
    is_own = TrainingSession.cohort_id == cohort.id
    begin = datetime.combine(since, datetime.min.time(), ZoneInfo(cohort.time_zone))
    within = {
        MakeUpRoute.SAME_COHORT: is_own & (TrainingSession.planned_end > clock.now()),
        MakeUpRoute.OTHER_COHORT: ~is_own & (TrainingSession.planned_start >= begin),
    }
    teaches = exists().where(
        AgendaSegment.session_id == TrainingSession.id,
        AgendaSegment.agenda_version == TrainingSession.agenda_version,
        AgendaSegment.module_id.in_(module_ids),
    )
    rows = db.session.execute(
        select(TrainingSession, Cohort.title)
        .join(Cohort, Cohort.id == TrainingSession.cohort_id)
        .where(
            TrainingSession.cancelled_at.is_(None),
            or_(false(), *(within[route] for route in rules.make_up_routes if route in within)),
            teaches,
        )
        .order_by(~is_own, TrainingSession.planned_start, TrainingSession.id)
    ).all()
    segments = current_segments([session.id for session, _ in rows])
    taught = {
        session_id: taught_parts(as_delivered(found), version.module_minutes) for session_id, found in segments.items()
    }
    return [
        Offer(session, title, module_id, slices)
        for session, title in rows
        for module_id in module_ids
        if (slices := union(part.slice for part in taught[session.id] if part.module_id == module_id))
    ]
