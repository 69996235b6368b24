"""The ledger entry by entry, with the session or make-up each one stands on: for transcripts and proofs."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import aliased

from advocates.attendance.models import MakeUp
from advocates.cohorts.models import Enrollment
from advocates.curriculum.delivery import DeliveryMode
from advocates.curriculum.models import Module, VersionModule
from advocates.database import db
from advocates.hours.models import CreditEntry
from advocates.people.models import PersonProfile
from advocates.schedule.models import AgendaSegment, TrainingSession


@dataclass(frozen=True)
class LedgerRow:
    """One entry. `on` is the local date of its evidence; `minutes` is negative for a reversal.

    `is_transferred`: it came along by a transfer, and the session is one of the version that was left.
    """

    entry_id: uuid.UUID
    enrollment_id: uuid.UUID
    on: date
    module_id: uuid.UUID
    module_title: str
    from_minute: int
    to_minute: int
    minutes: int
    delivery_mode: DeliveryMode
    session_id: uuid.UUID | None
    reason_code: str
    posted_at: datetime
    posted_by_name: str | None
    reverses_id: uuid.UUID | None
    is_live: bool
    is_transferred: bool = False


def ledger_rows(enrollment_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, tuple[LedgerRow, ...]]:
    """Every entry of each enrollment asked for, in the order posted. One statement."""
    found: dict[uuid.UUID, list[LedgerRow]] = {enrollment_id: [] for enrollment_id in enrollment_ids}
    for row in db.session.execute(_entries(enrollment_ids)):
        found[row.CreditEntry.enrollment_id].append(_row(row))
    return {enrollment_id: tuple(rows) for enrollment_id, rows in found.items()}


def _row(row: Row[Any]) -> LedgerRow:
    entry: CreditEntry = row.CreditEntry
    return LedgerRow(
        entry_id=entry.id,
        enrollment_id=entry.enrollment_id,
        on=_evidence_date(row, entry.posted_at),
        module_id=entry.module_id,
        module_title=row.module_title,
        from_minute=entry.from_minute,
        to_minute=entry.to_minute,
        minutes=entry.minutes,
        delivery_mode=entry.delivery_mode,
        session_id=row.session_id,
        reason_code=entry.reason_code,
        posted_at=entry.posted_at,
        posted_by_name=row.posted_by_name,
        reverses_id=entry.reverses_id,
        is_live=entry.minutes > 0 and row.reversed_by is None,
        is_transferred=entry.transfer_id is not None,
    )


def _evidence_date(row: Row[Any], posted_at: datetime) -> date:
    """The day it was earned, not the day it was entered or approved."""
    if row.planned_start is not None:
        start: datetime = row.planned_start
        return start.astimezone(ZoneInfo(row.time_zone)).date()
    done_on: date | None = row.done_on
    return done_on or posted_at.date()


def _entries(enrollment_ids: Collection[uuid.UUID]) -> Select[*tuple[Any, ...]]:
    reversal = aliased(CreditEntry)
    return (
        select(
            CreditEntry,
            func.coalesce(VersionModule.title, Module.key).label("module_title"),
            AgendaSegment.session_id,
            TrainingSession.planned_start,
            TrainingSession.time_zone,
            MakeUp.done_on,
            PersonProfile.chosen_name.label("posted_by_name"),
            reversal.id.label("reversed_by"),
        )
        .join(Enrollment, Enrollment.id == CreditEntry.enrollment_id)
        .join(Module, Module.id == CreditEntry.module_id)
        .outerjoin(PersonProfile, PersonProfile.person_id == CreditEntry.posted_by)
        .outerjoin(
            VersionModule,
            (VersionModule.module_id == CreditEntry.module_id)
            & (VersionModule.version_id == Enrollment.curriculum_version_id),
        )
        .outerjoin(AgendaSegment, AgendaSegment.id == CreditEntry.segment_id)
        .outerjoin(TrainingSession, TrainingSession.id == AgendaSegment.session_id)
        .outerjoin(MakeUp, MakeUp.id == CreditEntry.make_up_id)
        .outerjoin(reversal, reversal.reverses_id == CreditEntry.id)
        .where(CreditEntry.enrollment_id.in_(enrollment_ids))
        .order_by(CreditEntry.posted_at, CreditEntry.id)
    )
