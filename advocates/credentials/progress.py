"""How far a batch has come, person by person."""

import json
import uuid
from dataclasses import dataclass

from sqlalchemy import select

from advocates.cohorts.models import Cohort, Enrollment
from advocates.credentials.models import Credential, IssuingBatch, IssuingItem, ItemState
from advocates.database import db
from advocates.people.models import PersonProfile

FINISHED = frozenset({ItemState.PUBLISHED, ItemState.REFUSED, ItemState.FAILED})


@dataclass(frozen=True)
class ItemProgress:
    """One person of a batch; `reasons` are requirement keys when refused."""

    enrollment_id: uuid.UUID
    chosen_name: str
    state: ItemState
    reasons: tuple[str, ...]
    credential_id: uuid.UUID | None
    serial: str | None


@dataclass(frozen=True)
class BatchProgress:
    batch: IssuingBatch
    cohort: Cohort
    items: tuple[ItemProgress, ...]

    @property
    def total(self) -> int:
        """How many the worker has or had in hand: the refused are not among them."""
        return sum(item.state is not ItemState.REFUSED for item in self.items)

    @property
    def done(self) -> int:
        return sum(item.state is ItemState.PUBLISHED for item in self.items)

    @property
    def is_finished(self) -> bool:
        return all(item.state in FINISHED for item in self.items)

    def in_state(self, *states: str) -> list[ItemProgress]:
        return [item for item in self.items if item.state in states]


def progress_of(batch: IssuingBatch) -> BatchProgress:
    """Two statements, however many people the batch has."""
    rows = db.session.execute(
        select(IssuingItem, PersonProfile.chosen_name, Credential.serial)
        .join(Enrollment, Enrollment.id == IssuingItem.enrollment_id)
        .join(PersonProfile, PersonProfile.person_id == Enrollment.person_id)
        .outerjoin(Credential, Credential.id == IssuingItem.credential_id)
        .where(IssuingItem.batch_id == batch.id)
        .order_by(PersonProfile.chosen_name)
    )
    items = tuple(
        ItemProgress(
            item.enrollment_id,
            name,
            item.state,
            tuple(json.loads(item.outcome)) if item.outcome else (),
            item.credential_id,
            serial,
        )
        for item, name, serial in rows
    )
    return BatchProgress(batch, db.session.get_one(Cohort, batch.cohort_id), items)
