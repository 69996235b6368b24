"""The seats of a cohort: how many are free, what agencies may fill of them, and what happens when one is freed."""

import uuid
from collections.abc import Callable, Collection, Sequence

from sqlalchemy import func, select

from advocates.cohorts.models import AgencyQuota, Cohort, Enrollment, Placement
from advocates.cohorts.queries import count_seated
from advocates.cohorts.rules import SEATED_STATUSES, EnrollmentStatus
from advocates.cohorts.rules.line import Quota
from advocates.database import db
from advocates.people.models import Agency, PersonProfile

Filling = Callable[[Cohort], int]
_fillings: list[Filling] = []


class QuotaFull(Exception):
    """The person's agency has filled all of its seats. Holds its name and their number."""

    def __init__(self, quota: Quota) -> None:
        super().__init__("the agency's seats are taken")
        self.quota = quota


def fills_free_seats(fill: Filling) -> Filling:
    """Register what offers free seats to those who wait: admissions stand above cohorts, so they do it themselves.

    It returns how many of its offers nobody could be written to about.
    """
    _fillings.append(fill)
    return fill


def fill_free_seats(cohort: Cohort) -> int:
    """Call it where a seat may have become free, before `record`; how many of the offers nobody could be told of.

    The cohort is locked; by `lock_line`, where enrollments are changed besides. A closed one offers no seat.
    """
    db.session.flush()
    if cohort.closed_at is not None:
        return 0
    return sum(fill(cohort) for fill in _fillings)


def lock_cohort(cohort_id: uuid.UUID) -> Cohort:
    """The cohort, locked until the transaction ends: seats are counted and filled by one at a time."""
    query = select(Cohort).where(Cohort.id == cohort_id).with_for_update()
    return db.session.scalars(query, execution_options={"populate_existing": True}).one()


class CohortClosed(Exception):
    """The cohort is closed: nothing of it is planned any more."""


def lock_open_cohort(cohort_id: uuid.UUID) -> Cohort:
    """The cohort, locked, for an activity that plans it. Raises CohortClosed."""
    cohort = lock_cohort(cohort_id)
    if cohort.closed_at is not None:
        raise CohortClosed
    return cohort


def lock_line(cohort_id: uuid.UUID, also: Collection[uuid.UUID] = ()) -> Cohort:
    """The cohort, then all who wait for it and the enrollments named besides, locked in the order of their ids."""
    cohort = lock_cohort(cohort_id)
    is_waiting = Enrollment.status == EnrollmentStatus.WAITLISTED
    query = (
        select(Enrollment)
        .join(Placement, Placement.enrollment_id == Enrollment.id)
        .where(
            Placement.ended_at.is_(None),
            ((Placement.cohort_id == cohort_id) & is_waiting) | Enrollment.id.in_(also),
        )
        .order_by(Enrollment.id)
        .with_for_update(of=Enrollment)
    )
    db.session.scalars(query, execution_options={"populate_existing": True}).all()
    return cohort


def lock_open_line(cohort_id: uuid.UUID, also: Collection[uuid.UUID] = ()) -> Cohort:
    """As `lock_line`, for an activity that admits people. Raises CohortClosed."""
    cohort = lock_line(cohort_id, also)
    if cohort.closed_at is not None:
        raise CohortClosed
    return cohort


def free_seats(cohort: Cohort) -> int:
    """One statement."""
    return max(0, cohort.capacity - count_seated(cohort.id))


def quotas_of(cohort_id: uuid.UUID) -> Sequence[Quota]:
    """The cohort's quotas by agency, with the seats that are taken. One statement."""
    taken = (
        select(PersonProfile.agency_id, func.count().label("seats"))
        .join(Enrollment, Enrollment.person_id == PersonProfile.person_id)
        .join(Placement, Placement.enrollment_id == Enrollment.id)
        .where(Placement.cohort_id == cohort_id, Placement.ended_at.is_(None), Enrollment.status.in_(SEATED_STATUSES))
        .group_by(PersonProfile.agency_id)
        .subquery()
    )
    rows = db.session.execute(
        select(AgencyQuota.agency_id, Agency.name, AgencyQuota.seats, func.coalesce(taken.c.seats, 0))
        .join(Agency, Agency.id == AgencyQuota.agency_id)
        .outerjoin(taken, taken.c.agency_id == AgencyQuota.agency_id)
        .where(AgencyQuota.cohort_id == cohort_id)
        .order_by(func.lower(Agency.name), Agency.id)
    )
    return [Quota(*row) for row in rows]


def refuse_full_quota(cohort_id: uuid.UUID, person_id: uuid.UUID) -> None:
    """Raises QuotaFull where the person's agency may fill no further seat. Two statements."""
    agency_id = db.session.scalar(select(PersonProfile.agency_id).where(PersonProfile.person_id == person_id))
    for quota in quotas_of(cohort_id) if agency_id else []:
        if quota.agency_id == agency_id and not quota.left:
            raise QuotaFull(quota)
