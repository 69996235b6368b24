"""When surveys open by themselves, how long they stay open, and when somebody is written to: once, and twice more."""

from calendar import monthrange
from datetime import date, datetime, timedelta

from advocates.evaluations.rules.forms import SurveyKind

MONTHS_LATER = 6
MOST_REMINDERS = 2
DAYS_OPEN = {
    SurveyKind.SESSION: 7,
    SurveyKind.END: 14,
    SurveyKind.FOLLOW_UP_GRADUATE: 42,
    SurveyKind.FOLLOW_UP_SUPERVISOR: 42,
}
_DAYS_BETWEEN_MAILS = {
    SurveyKind.SESSION: 2,
    SurveyKind.END: 4,
    SurveyKind.FOLLOW_UP_GRADUATE: 12,
    SurveyKind.FOLLOW_UP_SUPERVISOR: 12,
}
# What lies further back is not asked about any more: an update asks nobody about sessions of last year.
_LATEST = timedelta(days=14)


def follow_up_day(ends_on: date) -> date:
    """The same day of the month six months later, or the month's last where it has none."""
    years, month = divmod(ends_on.month - 1 + MONTHS_LATER, 12)
    year, month = ends_on.year + years, month + 1
    return date(year, month, min(ends_on.day, monthrange(year, month)[1]))


def is_survey_due(due_on: date, today: date) -> bool:
    """From its day on, for two weeks."""
    return due_on <= today <= due_on + _LATEST


def is_mail_due(kind: SurveyKind, mails: int, mailed_at: datetime | None, closes_at: datetime, now: datetime) -> bool:
    """The first at once, at most two reminders days apart, and none in the last day of the survey."""
    if mails > MOST_REMINDERS or now >= closes_at:
        return False
    if mailed_at is None:
        return True
    between = timedelta(days=_DAYS_BETWEEN_MAILS[kind])
    return now >= mailed_at + between and now + timedelta(days=1) <= closes_at
