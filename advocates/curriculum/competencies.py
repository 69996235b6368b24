"""Import the program's competency framework: the file says the whole of it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, text

from advocates import clock
from advocates.audit.recording import record
from advocates.curriculum.models import Competency
from advocates.curriculum.rules import CompetencyEntry
from advocates.database import db


@dataclass(frozen=True)
class FrameworkChange:
    """How many competencies an import added, changed and retired."""

    added: int = 0
    changed: int = 0
    retired: int = 0

    @property
    def is_none(self) -> bool:
        return self == FrameworkChange()


def import_competencies(actor_id: uuid.UUID, entries: Sequence[CompetencyEntry]) -> FrameworkChange:
    """Make the framework say what the entries say: what they leave out is retired, not removed. Flushes."""
    if db.engine.dialect.name == "postgresql":
        # Two first imports at once have no row in common to wait at.
        db.session.execute(text("LOCK TABLE competency IN SHARE ROW EXCLUSIVE MODE"))
    stored = db.session.scalars(select(Competency).with_for_update(), execution_options={"populate_existing": True})
    known = {competency.key: competency for competency in stored}
    added = changed = 0
    for position, entry in enumerate(entries):
        values = (entry.title, entry.domain, position, None)
        competency = known.pop(entry.key, None)
        if competency is None:
            db.session.add(Competency(key=entry.key, title=entry.title, domain=entry.domain, position=position))
            added += 1
        elif _values(competency) != values:
            competency.title, competency.domain, competency.position, competency.retired_at = values
            changed += 1
    left_out = [competency for competency in known.values() if competency.retired_at is None]
    for competency in left_out:
        competency.retired_at = clock.now()
    change = FrameworkChange(added, changed, len(left_out))
    db.session.flush()
    if not change.is_none:
        record(actor_id, "import_competencies", added=added, changed=changed, retired=len(left_out))
    return change


def _values(competency: Competency) -> tuple[str, str, int, object]:
    return (competency.title, competency.domain, competency.position, competency.retired_at)
