"""Paper sign-in sheets typed in later: who typed is the actor, who saw the sheet being signed is the witness."""

import uuid
from collections.abc import Sequence

from advocates.attendance.marking import Entry, mark_attendance
from advocates.attendance.models import MarkWay
from advocates.attendance.queries.witnesses import witnesses
from advocates.schedule.models import TrainingSession


class NoWitness(Exception):
    """The witness is not another of the cohort's trainers or an administrator, or takes part in the session."""


class SheetConflicts(Exception):
    """These enrollments were marked otherwise since the sheet was opened."""

    def __init__(self, enrollment_ids: Sequence[uuid.UUID]) -> None:
        super().__init__(f"{len(enrollment_ids)} marked meanwhile")
        self.enrollment_ids = enrollment_ids


def enter_paper_sheet(
    actor_id: uuid.UUID, session: TrainingSession, entries: Sequence[Entry], witness_id: uuid.UUID | None
) -> int:
    """Store the marks of a sheet and return how many.

    NoWitness, SheetConflicts, RegisterClosed, MarksRefused or NotOnRegister: then nothing may be committed, so that a
    sheet is never half there.
    """
    if witness_id is None or witness_id not in dict(witnesses(session, actor_id)):
        raise NoWitness
    sent = mark_attendance(actor_id, session.id, entries, way=MarkWay.PAPER, witnessed_by=witness_id)
    saved = sent.or_refuse()
    if saved.conflicts:
        raise SheetConflicts(saved.conflicts)
    return len(saved.marked)
