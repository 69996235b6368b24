"""Paper sign-in sheets typed in later: who typed is the actor, who saw the sheet being signed is the witness."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from advocates import clock
from advocates.attendance.marking import Entry, Origin, mark_in_session
from advocates.attendance.models import MarkWay, PaperSheet
from advocates.attendance.open_register import refuse_closed
from advocates.attendance.queries import lock_session
from advocates.attendance.queries.witnesses import witnesses
from advocates.audit.recording import record
from advocates.database import new_id
from advocates.files import storing
from advocates.schedule.models import TrainingSession


class NoWitness(Exception):
    """The witness is not another of the cohort's trainers or an administrator, or takes part in the session."""


class SheetConflicts(Exception):
    """These enrollments were marked otherwise since the sheet was opened."""

    def __init__(self, enrollment_ids: Sequence[uuid.UUID]) -> None:
        super().__init__(f"{len(enrollment_ids)} marked meanwhile")
        self.enrollment_ids = enrollment_ids


@dataclass(frozen=True)
class Scan:
    """A picture of the sheet, as it was judged to be."""

    content: bytes
    media_type: str


def enter_paper_sheet(
    actor_id: uuid.UUID,
    session: TrainingSession,
    entries: Sequence[Entry],
    witness_id: uuid.UUID | None,
    scan: Scan | None = None,
) -> int:
    """Store a sheet's marks and its scan, and return how many rows were stored: 0 where there is nothing new.

    NoWitness, SheetConflicts, RegisterClosed, MarksRefused or NotOnRegister: then nothing may be committed, so that a
    sheet is never half there.
    """
    if witness_id is None or witness_id not in dict(witnesses(session, actor_id)):
        raise NoWitness
    session = lock_session(session.id)
    refuse_closed(session)
    sheet = PaperSheet(
        id=new_id(),
        session_id=session.id,
        scan_file_id=storing.put(scan.content, scan.media_type).id if scan else None,
        entered_by=actor_id,
        witnessed_by=witness_id,
        entered_at=clock.now(),
    )
    sent = mark_in_session(actor_id, session, entries, Origin(MarkWay.PAPER, witness_id), [sheet])
    saved = sent.or_refuse()
    if saved.conflicts:
        raise SheetConflicts(saved.conflicts)
    if scan and not saved.marks:
        record(actor_id, "attach_scan", rows=[sheet], session_id=session.id)
    return len(saved.marks) + bool(scan)
