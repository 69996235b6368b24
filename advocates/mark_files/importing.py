"""Marks from a file: shown first, then written as they were shown, and only those that were ticked."""

import uuid
from collections.abc import Collection, Mapping
from datetime import tzinfo

from advocates.attendance.marking import Entry, Origin, mark_in_session
from advocates.attendance.models import MarkWay
from advocates.attendance.open_register import refuse_closed
from advocates.attendance.queries import lock_session
from advocates.mark_files.queries import around
from advocates.mark_files.rules import Judged, Judgment, MarksFile, Standing, claims_of, judge
from advocates.schedule.models import TrainingSession

# One mark has one key however often it is sent: who imports a file twice marks nobody twice.
_KEYS = uuid.UUID("0d8d3f4e-5f0b-5f0e-9c57-1f6d2d0a7c11")


class NotAsShown(Exception):
    """What would be written is not what was shown; `judgment` is as things are now."""

    def __init__(self, judgment: Judgment) -> None:
        super().__init__("not what was shown")
        self.judgment = judgment


def judge_file(
    actor_id: uuid.UUID,
    session: TrainingSession,
    file: MarksFile,
    zone: tzinfo,
    choices: Mapping[str, uuid.UUID] | None = None,
) -> Judgment:
    """How the file stands towards the register. Four statements, however many lines."""
    here = around(session, actor_id)
    return judge(claims_of(file, here.window, zone), here, choices or {})


def import_marks(
    actor_id: uuid.UUID,
    session_id: uuid.UUID,
    file: MarksFile,
    zone: tzinfo,
    choices: Mapping[str, uuid.UUID],
    taken: Collection[uuid.UUID],
    shown: str,
) -> int:
    """Mark those who were ticked, and return how many. `shown` is the digest of the judgment that was looked at.

    NotAsShown, RegisterClosed or MarksRefused: then nothing may be committed.
    """
    session = lock_session(session_id)
    refuse_closed(session)
    judgment = judge_file(actor_id, session, file, zone, choices)
    if judgment.digest != shown:
        raise NotAsShown(judgment)
    rows = judgment.of(Standing.NEW, Standing.CONFLICT)
    entries = [_entry(session_id, row) for row in rows if row.person and row.person.enrollment_id in taken]
    return len(mark_in_session(actor_id, session, entries, Origin(MarkWay.IMPORT)).or_refuse().marked)


def _entry(session_id: uuid.UUID, row: Judged) -> Entry:
    assert row.person is not None and row.typed is not None and row.content is not None  # noqa: S101, PT018
    known, content = row.person, row.content
    named = f"{session_id} {known.enrollment_id} {known.version} {content.outcome} {content.intervals}"
    return Entry(known.enrollment_id, known.version, uuid.uuid5(_KEYS, named), row.typed)
