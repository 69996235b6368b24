"""Cohorts' decisions: an enrollment's states, reading a list of people, and how each stands towards a cohort. Pure."""

from advocates.cohorts.rules.newcomers import (
    Judged,
    Judgment,
    KnownPerson,
    Line,
    Newcomer,
    Standing,
    Surroundings,
    judge,
    name_key,
)
from advocates.cohorts.rules.people_list import PeopleList, PeopleListError, decode, read_people
from advocates.cohorts.rules.statuses import (
    ENROLLED_AGAIN_FROM,
    OPEN_STATUSES,
    SEATED_STATUSES,
    EnrollmentStatus,
    WithdrawalReason,
    may_become,
)

__all__ = [
    "ENROLLED_AGAIN_FROM",
    "OPEN_STATUSES",
    "SEATED_STATUSES",
    "EnrollmentStatus",
    "Judged",
    "Judgment",
    "KnownPerson",
    "Line",
    "Newcomer",
    "PeopleList",
    "PeopleListError",
    "Standing",
    "Surroundings",
    "WithdrawalReason",
    "decode",
    "judge",
    "may_become",
    "name_key",
    "read_people",
]
