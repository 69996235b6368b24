"""Make the ledger agree with the facts again: sign-off, correction and make-ups all end here."""

import uuid
from collections.abc import Collection, Iterable, Sequence

from advocates.attendance.models import AttendanceMark
from advocates.attendance.queries import facts_of
from advocates.database import db
from advocates.equivalence.queries import links_of
from advocates.equivalence.rules import Link, after, origins
from advocates.hours.models import CreditEntry
from advocates.hours.posting import post_difference
from advocates.hours.queries import live_entries, version_hours, versions_of


def recredit(
    actor_id: uuid.UUID,
    enrollment_ids: Collection[uuid.UUID],
    reason_code: str,
    new_marks: Iterable[AttendanceMark] = (),
    new_links: Collection[Link] = (),
) -> list[CreditEntry]:
    """The reversals and additions that the facts ask for; give them to `record(rows=...)`, after `new_marks`.

    `new_links` are transfers that are about to be stored. Flushes first, then locks as `lock_with_later` does. Eight
    statements, however many enrollments, and a few more where one was transferred.
    """
    db.session.flush()
    version_ids, links = lock_with_later(enrollment_ids, origins(new_links))
    hours = version_hours(set(version_ids.values()))
    versions = {enrollment_id: hours[version_id] for enrollment_id, version_id in version_ids.items()}
    facts = facts_of(versions, new_marks, [*links, *new_links])
    live = live_entries(versions.keys())
    return [
        entry
        for enrollment_id, version in versions.items()
        for entry in post_difference(
            actor_id, enrollment_id, facts[enrollment_id], live[enrollment_id], version, reason_code
        )
    ]


def lock_with_later(
    enrollment_ids: Collection[uuid.UUID], also: Collection[uuid.UUID] = ()
) -> tuple[dict[uuid.UUID, uuid.UUID], Sequence[Link]]:
    """Lock the enrollments in order of id, and those that went on from them by a transfer: what they brought along
    changes with it.

    Their versions, by enrollment, and the transfers of their chains and of those `also` named.
    """
    version_ids = versions_of(enrollment_ids, for_update=True)
    # Read under the lock: whoever transfers somebody holds it. Who follows began later, so the order of ids holds.
    links = links_of({*version_ids, *also})
    while later := after(links, version_ids.keys()) - version_ids.keys():
        version_ids |= versions_of(later, for_update=True)
        links = links_of(version_ids.keys())
    return version_ids, links
