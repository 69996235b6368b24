"""How the cohorts' codes read on a page."""

from typing import Any

from flask_babel import lazy_gettext as _l

from advocates.cohorts.rules import TRANSFERRED, Decision, EnrollmentStatus, Standing, WithdrawalReason

STATUS_LABELS = {
    EnrollmentStatus.APPLIED: _l("Applied"),
    EnrollmentStatus.WAITLISTED: _l("Waitlisted"),
    EnrollmentStatus.OFFERED: _l("Seat offered"),
    EnrollmentStatus.ENROLLED: _l("Enrolled"),
    EnrollmentStatus.WITHDRAWN: _l("Withdrawn"),
    EnrollmentStatus.COMPLETED: _l("Completed"),
    EnrollmentStatus.NOT_COMPLETED: _l("Not completed"),
    EnrollmentStatus.VISITING: _l("Visitor"),
}
REASON_LABELS = {
    WithdrawalReason.OWN_WISH: _l("At their own wish"),
    WithdrawalReason.AGENCY_WISH: _l("At their agency's wish"),
    WithdrawalReason.NEVER_CAME: _l("Never came"),
    WithdrawalReason.OUT_OF_REACH: _l("Could no longer be reached"),
    WithdrawalReason.NOT_ACCEPTED: _l("Application not accepted"),
    WithdrawalReason.MISTAKE: _l("Enrolled by mistake"),
}
# Why a status changed, besides the reasons to withdraw.
CHANGE_LABELS = {
    "applied_online": _l("Applied on the public page"),
    "approved": _l("Application approved"),
    "accepted": _l("Enrolled by an administrator"),
    "cohort_full": _l("No seat was free"),
    "linked": _l("A walk-in, linked to the person since"),
    "put_there": _l("Put on the waitlist by an administrator"),
    "next_in_line": _l("Next on the waitlist when a seat became free"),
    "offer_accepted": _l("Accepted the seat offered"),
    "offer_declined": _l("Let the seat offered go"),
    "offer_expired": _l("The offer was not answered in time"),
    "enrolled_again": _l("Goes on from an earlier enrollment"),
    TRANSFERRED: _l("Transferred to another version"),
    "moved": _l("Moved to another cohort"),
}
STANDING_LABELS = {
    Standing.NEW: _l("New"),
    Standing.KNOWN: _l("Already known"),
    Standing.HERE: _l("Already in this cohort"),
    Standing.CONFLICT: _l("Conflicting"),
    Standing.LEFT_OUT: _l("Left out"),
    Standing.WRONG: _l("Wrong"),
}
DECISION_LABELS = {
    Decision.ENROLL: _l("Enroll"),
    Decision.LEAVE_OUT: _l("Leave this line out"),
}
COLUMN_LABELS = {
    "chosen_name": _l("Name"),
    "email": _l("E-mail"),
    "agency": _l("Agency"),
    "pronunciation": _l("Pronunciation"),
}
ZONE_LABELS = {
    "America/New_York": _l("Eastern"),
    "America/Chicago": _l("Central (Chicago)"),
    "America/Denver": _l("Mountain"),
    "America/Phoenix": _l("Mountain without daylight saving (Arizona)"),
    "America/Los_Angeles": _l("Pacific"),
    "America/Anchorage": _l("Alaska"),
    "Pacific/Honolulu": _l("Hawaii"),
    "America/Puerto_Rico": _l("Atlantic (Puerto Rico)"),
}


def reason_words(code: str | None) -> str:
    """How the code of a change reads; one without a label reads as its own words, none as nothing."""
    labels: dict[str, Any] = {reason.value: label for reason, label in REASON_LABELS.items()} | CHANGE_LABELS
    return str(labels.get(code) or code.replace("_", " ").capitalize()) if code else ""
