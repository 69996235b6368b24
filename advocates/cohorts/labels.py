"""How the cohorts' codes read on a page."""

from flask_babel import lazy_gettext as _l

from advocates.cohorts.rules import EnrollmentStatus, Standing, WithdrawalReason

STATUS_LABELS = {
    EnrollmentStatus.APPLIED: _l("Applied"),
    EnrollmentStatus.WAITLISTED: _l("Waitlisted"),
    EnrollmentStatus.OFFERED: _l("Seat offered"),
    EnrollmentStatus.ENROLLED: _l("Enrolled"),
    EnrollmentStatus.WITHDRAWN: _l("Withdrawn"),
    EnrollmentStatus.COMPLETED: _l("Completed"),
    EnrollmentStatus.NOT_COMPLETED: _l("Not completed"),
}
REASON_LABELS = {
    WithdrawalReason.OWN_WISH: _l("At their own wish"),
    WithdrawalReason.AGENCY_WISH: _l("At their agency's wish"),
    WithdrawalReason.NEVER_CAME: _l("Never came"),
    WithdrawalReason.OUT_OF_REACH: _l("Could no longer be reached"),
    WithdrawalReason.NOT_ACCEPTED: _l("Application not accepted"),
    WithdrawalReason.MISTAKE: _l("Enrolled by mistake"),
}
STANDING_LABELS = {
    Standing.NEW: _l("New"),
    Standing.KNOWN: _l("Already known"),
    Standing.HERE: _l("Already in this cohort"),
    Standing.WRONG: _l("Wrong"),
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
