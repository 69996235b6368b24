"""Make-ups as lists show them. Each function sends a fixed number of statements."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ScalarSelect, Select, func, select
from sqlalchemy.orm import aliased

from advocates.attendance.models import MakeUp, MakeUpState
from advocates.attendance.rules.make_ups import Debt, DecisionReason, credited_minutes
from advocates.cohorts.models import Cohort, Enrollment, Placement
from advocates.curriculum.models import Module, VersionModule
from advocates.database import db
from advocates.hours.queries import live_entries
from advocates.hours.rules import Slice
from advocates.people.models import PersonProfile
from advocates.schedule.models import TrainingSession

PER_PAGE = 50
OPEN = {MakeUpState.PROPOSED, MakeUpState.APPROVED}
_IS_CANCELED = TrainingSession.cancelled_at.is_not(None)


@dataclass(frozen=True)
class MakeUpRow:
    """A make-up with the names on it. `cohort` is the trainee's own; `session_cohort` the one where it is made up.

    `credited_minutes` is how much of the slice the ledger holds, from whatever source.
    """

    make_up: MakeUp
    person_id: uuid.UUID
    trainee: str
    cohort_id: uuid.UUID
    cohort: str
    time_zone: str
    module_title: str
    module_minutes: int | None
    proposer: str | None
    decider: str | None
    reverser: str | None
    session: TrainingSession | None
    session_cohort: str | None
    credited_minutes: int = 0

    @property
    def is_open(self) -> bool:
        """Whether it still claims its part: what an approved one did not earn in its session is missing again."""
        is_over = self.session is not None and self.session.signed_off_at is not None
        is_settled = self.make_up.state is MakeUpState.APPROVED and is_over
        return self.make_up.state in OPEN and not self.is_returned and not is_settled

    @property
    def is_returned(self) -> bool:
        """Whether its session was canceled, so that the part is missing again."""
        is_canceled = self.session is not None and self.session.cancelled_at is not None
        return self.make_up.state in OPEN and is_canceled

    @property
    def used_minutes(self) -> int:
        """What counts against the limits of a version: the whole part while it is open, later what it earned."""
        stands = self.make_up.state is MakeUpState.APPROVED and not self.is_returned
        return self.debt.minutes.minutes if self.is_open else self.credited_minutes if stands else 0

    @property
    def debt(self) -> Debt:
        return Debt(self.make_up.module_id, Slice(self.make_up.from_minute, self.make_up.to_minute))

    @property
    def reason(self) -> str | None:
        """Why it was refused or reversed, in English, for the page to translate."""
        return DecisionReason(self.make_up.reason_code).label if self.make_up.reason_code else None


def find_make_up(make_up_id: uuid.UUID) -> MakeUpRow | None:
    """One make-up, or None. One statement."""
    row = db.session.execute(_rows().where(MakeUp.id == make_up_id)).one_or_none()
    return MakeUpRow(*row) if row else None


def make_ups_of(enrollment_id: uuid.UUID) -> Sequence[MakeUpRow]:
    """Every make-up of one enrollment, the latest first. Two statements."""
    wanted = _rows().where(MakeUp.enrollment_id == enrollment_id).order_by(MakeUp.proposed_at.desc(), MakeUp.id)
    return with_credit([MakeUpRow(*row) for row in db.session.execute(wanted)])[0]


def open_make_ups(enrollment_ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, Sequence[MakeUpRow]]:
    """Those of each enrollment asked for that wait or stand, without those returned. One statement."""
    found: dict[uuid.UUID, list[MakeUpRow]] = {enrollment_id: [] for enrollment_id in enrollment_ids}
    wanted = _rows().where(MakeUp.enrollment_id.in_(enrollment_ids), MakeUp.state.in_(OPEN), ~_IS_CANCELED)
    for row in db.session.execute(wanted.order_by(MakeUp.proposed_at, MakeUp.id)):
        found[row.MakeUp.enrollment_id].append(MakeUpRow(*row))
    return found


def waiting_make_ups(cohort_ids: Collection[uuid.UUID] | None) -> Sequence[MakeUpRow]:
    """All that wait for somebody in these cohorts (None: in all), the oldest first: for a decision, or because the
    session that was approved for them was canceled. One statement.
    """
    is_returned = (MakeUp.state == MakeUpState.APPROVED) & _IS_CANCELED
    wanted = _in_cohorts(cohort_ids).where((MakeUp.state == MakeUpState.PROPOSED) | is_returned)
    return [MakeUpRow(*row) for row in db.session.execute(wanted.order_by(MakeUp.proposed_at, MakeUp.id))]


def decided_make_ups(cohort_ids: Collection[uuid.UUID] | None, page: int) -> tuple[Sequence[MakeUpRow], bool]:
    """A page (from 1) of those decided, the latest first, and whether older ones follow. One statement."""
    is_returned = (MakeUp.state == MakeUpState.APPROVED) & _IS_CANCELED
    wanted = _in_cohorts(cohort_ids).where(MakeUp.state != MakeUpState.PROPOSED, ~is_returned)
    ordered = wanted.order_by(MakeUp.decided_at.desc(), MakeUp.id)
    found = db.session.execute(ordered.limit(PER_PAGE + 1).offset((page - 1) * PER_PAGE)).all()
    return [MakeUpRow(*row) for row in found[:PER_PAGE]], len(found) > PER_PAGE


def with_credit(*lists: Sequence[MakeUpRow]) -> Sequence[Sequence[MakeUpRow]]:
    """The lists with what the ledger holds of each slice. One statement."""
    live = live_entries({row.make_up.enrollment_id for rows in lists for row in rows})
    return [
        [replace(row, credited_minutes=credited_minutes(live[row.make_up.enrollment_id], row.debt)) for row in rows]
        for rows in lists
    ]


def _in_cohorts(cohort_ids: Collection[uuid.UUID] | None) -> Select[*tuple[Any, ...]]:
    return _rows() if cohort_ids is None else _rows().where(Cohort.id.in_(cohort_ids))


def _rows() -> Select[*tuple[Any, ...]]:
    """The columns of MakeUpRow."""
    session_cohort = aliased(Cohort)
    proposer, decider, reverser = aliased(PersonProfile), aliased(PersonProfile), aliased(PersonProfile)
    return (
        select(
            MakeUp,
            Enrollment.person_id,
            PersonProfile.chosen_name,
            Cohort.id,
            Cohort.title,
            Cohort.time_zone,
            func.coalesce(VersionModule.title, Module.key),
            VersionModule.contact_minutes,
            proposer.chosen_name,
            decider.chosen_name,
            reverser.chosen_name,
            TrainingSession,
            session_cohort.title,
        )
        .join(Enrollment, Enrollment.id == MakeUp.enrollment_id)
        .join(PersonProfile, PersonProfile.person_id == Enrollment.person_id)
        .join(Cohort, Cohort.id == _own_cohort())
        .join(Module, Module.id == MakeUp.module_id)
        .outerjoin(
            VersionModule,
            (VersionModule.module_id == MakeUp.module_id)
            & (VersionModule.version_id == Enrollment.curriculum_version_id),
        )
        .outerjoin(proposer, proposer.person_id == MakeUp.proposed_by)
        .outerjoin(decider, decider.person_id == MakeUp.approved_by)
        .outerjoin(reverser, reverser.person_id == MakeUp.reversed_by)
        .outerjoin(TrainingSession, TrainingSession.id == MakeUp.session_id)
        .outerjoin(session_cohort, session_cohort.id == TrainingSession.cohort_id)
    )


def _own_cohort() -> ScalarSelect[uuid.UUID]:
    """The cohort of the enrollment's open placement, or of its last one."""
    return (
        select(Placement.cohort_id)
        .where(Placement.enrollment_id == Enrollment.id)
        .order_by(Placement.ended_at.is_not(None), Placement.started_at.desc(), Placement.id.desc())
        .limit(1)
        .correlate(Enrollment)
        .scalar_subquery()
    )
