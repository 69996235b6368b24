"""What the transfers of an enrollment brought along and left behind."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect, select
from sqlalchemy.orm import aliased

from advocates.cohorts.models import Cohort, Enrollment, Placement
from advocates.curriculum.models import CurriculumVersion
from advocates.database import db
from advocates.equivalence.models import Transfer
from advocates.equivalence.queries import lines_of, outlines
from advocates.equivalence.rules import left_behind
from advocates.hours.queries import live_entries
from advocates.hours.rules import Slice
from advocates.people.models import PersonProfile


@dataclass(frozen=True)
class PastTransfer:
    """One transfer, by whom and why. `left` names the modules of the version that was left with what does not map."""

    from_enrollment_id: uuid.UUID
    to_enrollment_id: uuid.UUID
    map_id: uuid.UUID
    made_at: datetime
    reason_code: str
    from_cohort: str
    to_cohort: str
    from_version: str
    from_number: int
    to_version: str
    to_number: int
    made_by: str | None
    left: Sequence[tuple[str, tuple[Slice, ...]]] = ()

    @property
    def left_minutes(self) -> int:
        return sum(part.minutes for _title, slices in self.left for part in slices)


COLUMNS = tuple(field.name for field in fields(PastTransfer) if field.name != "left")


def transfers_of(enrollment_id: uuid.UUID) -> Sequence[PastTransfer]:
    """The transfers that closed and opened this enrollment, the earlier first.

    One statement where there was none, else five.
    """
    rows = db.session.execute(_transfers(enrollment_id)).all()
    if not rows:
        return []
    entries = live_entries([row.from_enrollment_id for row in rows])
    lines = lines_of({row.map_id for row in rows})
    known = outlines({row.from_version_id for row in rows})
    found = []
    for row in rows:
        modules = known[row.from_version_id].modules
        left = left_behind(entries[row.from_enrollment_id], lines[row.map_id])
        named = [(module.title, left[module.module_id]) for module in modules if module.module_id in left]
        found.append(PastTransfer(**{name: row._mapping[name] for name in COLUMNS}, left=named))
    return found


def _transfers(enrollment_id: uuid.UUID) -> Any:
    left, opened = aliased(Enrollment), aliased(Enrollment)
    old, new = aliased(CurriculumVersion), aliased(CurriculumVersion)
    return (
        select(
            Transfer.id.label("transfer_id"),
            Transfer.from_enrollment_id,
            Transfer.to_enrollment_id,
            Transfer.map_id,
            Transfer.made_at,
            Transfer.reason_code,
            old.id.label("from_version_id"),
            _cohort_of(Transfer.from_enrollment_id, ends=True).label("from_cohort"),
            _cohort_of(Transfer.to_enrollment_id, ends=False).label("to_cohort"),
            old.title.label("from_version"),
            old.number.label("from_number"),
            new.title.label("to_version"),
            new.number.label("to_number"),
            PersonProfile.chosen_name.label("made_by"),
        )
        .join(left, left.id == Transfer.from_enrollment_id)
        .join(opened, opened.id == Transfer.to_enrollment_id)
        .join(old, old.id == left.curriculum_version_id)
        .join(new, new.id == opened.curriculum_version_id)
        .outerjoin(PersonProfile, PersonProfile.person_id == Transfer.made_by)
        .where((Transfer.from_enrollment_id == enrollment_id) | (Transfer.to_enrollment_id == enrollment_id))
        .order_by(Transfer.made_at, Transfer.id)
    )


def _cohort_of(enrollment_id: Any, *, ends: bool) -> ScalarSelect[str]:
    """The title of the cohort of an enrollment's last place, or of its first."""
    order = (Placement.started_at.desc(), Placement.id.desc()) if ends else (Placement.started_at, Placement.id)
    return (
        select(Cohort.title)
        .join(Placement, Placement.cohort_id == Cohort.id)
        .where(Placement.enrollment_id == enrollment_id)
        .order_by(*order)
        .limit(1)
        .correlate(Transfer)
        .scalar_subquery()
    )
