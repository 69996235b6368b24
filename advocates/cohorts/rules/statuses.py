"""The states of an enrollment (DOMAIN "Reports": applied, waitlisted, enrolled, completed, withdrawn) and its moves."""

import enum
from collections.abc import Mapping


class EnrollmentStatus(enum.StrEnum):
    APPLIED = "applied"
    WAITLISTED = "waitlisted"
    OFFERED = "offered"
    ENROLLED = "enrolled"
    WITHDRAWN = "withdrawn"
    COMPLETED = "completed"
    NOT_COMPLETED = "not_completed"
    VISITING = "visiting"


class WithdrawalReason(enum.StrEnum):
    """Why an enrollment ended, as a code. No one is asked for more than this."""

    OWN_WISH = "own_wish"
    AGENCY_WISH = "agency_wish"
    NEVER_CAME = "never_came"
    OUT_OF_REACH = "out_of_reach"
    NOT_ACCEPTED = "not_accepted"
    MISTAKE = "mistake"


OPEN_STATUSES = frozenset(
    {
        EnrollmentStatus.APPLIED,
        EnrollmentStatus.WAITLISTED,
        EnrollmentStatus.OFFERED,
        EnrollmentStatus.ENROLLED,
    }
)
# Applicants and those who wait fill no seat; who completed sat in one.
SEATED_STATUSES = frozenset(
    {
        EnrollmentStatus.OFFERED,
        EnrollmentStatus.ENROLLED,
        EnrollmentStatus.COMPLETED,
        EnrollmentStatus.NOT_COMPLETED,
    }
)
# Why an enrollment closed that goes on as another: it opens never again, for what it earned counts there now.
TRANSFERRED = "transferred"
# These open again only when the person is enrolled anew, so that what they earned stands; no move of MOVES does it.
# Visitors sat in: they applied for nothing, fill no seat and are in no figures until they are enrolled.
ENROLLED_AGAIN_FROM = frozenset({EnrollmentStatus.WITHDRAWN, EnrollmentStatus.NOT_COMPLETED, EnrollmentStatus.VISITING})
MOVES: Mapping[EnrollmentStatus, frozenset[EnrollmentStatus]] = {
    EnrollmentStatus.APPLIED: frozenset(
        {
            EnrollmentStatus.WAITLISTED,
            EnrollmentStatus.OFFERED,
            EnrollmentStatus.ENROLLED,
            EnrollmentStatus.WITHDRAWN,
        }
    ),
    EnrollmentStatus.WAITLISTED: frozenset(
        {EnrollmentStatus.OFFERED, EnrollmentStatus.ENROLLED, EnrollmentStatus.WITHDRAWN}
    ),
    EnrollmentStatus.OFFERED: frozenset(
        {EnrollmentStatus.WAITLISTED, EnrollmentStatus.ENROLLED, EnrollmentStatus.WITHDRAWN}
    ),
    EnrollmentStatus.ENROLLED: frozenset(
        {EnrollmentStatus.COMPLETED, EnrollmentStatus.NOT_COMPLETED, EnrollmentStatus.WITHDRAWN}
    ),
    # Somebody who finishes a make-up after the ceremony completes after all.
    EnrollmentStatus.NOT_COMPLETED: frozenset({EnrollmentStatus.COMPLETED}),
    EnrollmentStatus.COMPLETED: frozenset(),
    EnrollmentStatus.WITHDRAWN: frozenset(),
    EnrollmentStatus.VISITING: frozenset(),
}


def may_become(before: EnrollmentStatus, after: EnrollmentStatus) -> bool:
    """Whether an enrollment may move from one status to the other."""
    return after in MOVES[before]
