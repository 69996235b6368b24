"""The paper sheets of a session that were typed in."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased

from advocates.attendance.models import PaperSheet
from advocates.database import db
from advocates.files.models import StoredFile
from advocates.people.models import PersonProfile
from advocates.schedule.models import TrainingSession


@dataclass(frozen=True)
class EnteredSheet:
    """A sheet with the names of who typed it and who witnessed it, and its scan's media type and size in bytes."""

    sheet: PaperSheet
    entered_by_name: str | None
    witness_name: str | None
    media_type: str | None
    size: int | None


def sheets_of(session: TrainingSession) -> Sequence[EnteredSheet]:
    """In the order in which they were entered. One statement; no scan's bytes."""
    witness = aliased(PersonProfile)
    rows = db.session.execute(
        select(PaperSheet, PersonProfile.chosen_name, witness.chosen_name, StoredFile.media_type, StoredFile.size)
        .outerjoin(PersonProfile, PersonProfile.person_id == PaperSheet.entered_by)
        .outerjoin(witness, witness.person_id == PaperSheet.witnessed_by)
        .outerjoin(StoredFile, StoredFile.id == PaperSheet.scan_file_id)
        .where(PaperSheet.session_id == session.id)
        .order_by(PaperSheet.entered_at, PaperSheet.id)
    )
    return [EnteredSheet(*row) for row in rows]


def find_scan(sheet_id: uuid.UUID) -> tuple[PaperSheet, StoredFile] | None:
    """A sheet and its scan; None for one without. One statement."""
    row = db.session.execute(
        select(PaperSheet, StoredFile)
        .join(StoredFile, StoredFile.id == PaperSheet.scan_file_id)
        .where(PaperSheet.id == sheet_id)
    ).one_or_none()
    return (row[0], row[1]) if row else None
