"""The program's own closed days."""

import uuid
from datetime import date

from advocates import clock
from advocates.audit.recording import record
from advocates.database import db, new_id
from advocates.schedule.models import ClosedDay


def add_closed_days(actor_id: uuid.UUID, first_day: date, last_day: date, name: str) -> uuid.UUID:
    """Close the program from the first to the last day; sessions that stand already stay."""
    row = ClosedDay(
        id=new_id(), first_day=first_day, last_day=last_day, name=name, added_by=actor_id, added_at=clock.now()
    )
    db.session.add(row)
    record(actor_id, "add_closed_days", closed_day_id=row.id, changes={"name": (None, name)})
    return row.id


def remove_closed_days(actor_id: uuid.UUID, closed_day_id: uuid.UUID) -> None:
    """Open them again. Once removed, removing them again changes nothing."""
    row = db.session.get_one(ClosedDay, closed_day_id, with_for_update=True, populate_existing=True)
    if row.removed_at is None:
        row.removed_at = clock.now()
        record(actor_id, "remove_closed_days", closed_day_id=row.id)
