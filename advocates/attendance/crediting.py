"""Make the ledger agree with the facts again: sign-off, correction and make-ups all end here."""

import uuid
from collections.abc import Collection, Iterable

from advocates.attendance.models import AttendanceMark
from advocates.attendance.queries import facts_of
from advocates.database import db
from advocates.hours.models import CreditEntry
from advocates.hours.posting import post_difference
from advocates.hours.queries import live_entries, version_hours, versions_of


def recredit(
    actor_id: uuid.UUID,
    enrollment_ids: Collection[uuid.UUID],
    reason_code: str,
    new_marks: Iterable[AttendanceMark] = (),
) -> list[CreditEntry]:
    """The reversals and additions that the facts ask for; give them to `record(rows=...)`, after `new_marks`.

    Flushes first, then locks the enrollments in order of id. Seven statements, however many enrollments.
    """
    db.session.flush()
    version_ids = versions_of(enrollment_ids, for_update=True)
    hours = version_hours(set(version_ids.values()))
    versions = {enrollment_id: hours[version_id] for enrollment_id, version_id in version_ids.items()}
    facts = facts_of(versions, new_marks)
    live = live_entries(versions.keys())
    return [
        entry
        for enrollment_id, version in versions.items()
        for entry in post_difference(
            actor_id, enrollment_id, facts[enrollment_id], live[enrollment_id], version, reason_code
        )
    ]
