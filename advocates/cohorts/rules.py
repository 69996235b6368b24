"""The states of an enrollment (DOMAIN "Reports": applied, waitlisted, enrolled, completed, withdrawn)."""

import enum


class EnrollmentStatus(enum.StrEnum):
    APPLIED = "applied"
    WAITLISTED = "waitlisted"
    OFFERED = "offered"
    ENROLLED = "enrolled"
    WITHDRAWN = "withdrawn"
    COMPLETED = "completed"
    NOT_COMPLETED = "not_completed"


OPEN_STATUSES = frozenset(
    {
        EnrollmentStatus.APPLIED,
        EnrollmentStatus.WAITLISTED,
        EnrollmentStatus.OFFERED,
        EnrollmentStatus.ENROLLED,
    }
)
