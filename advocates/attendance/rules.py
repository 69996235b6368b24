"""Marks."""

import enum


class Outcome(enum.StrEnum):
    PRESENT = "present"
    ABSENT = "absent"
    NOT_ESTABLISHED = "not_established"
