"""Reminders: to those who attend or teach, once, by a real mail server."""

from datetime import date, timedelta

import pytest

from advocates import clock
from advocates.database import db
from advocates.messages.models import MailKind, OutboxMessage
from advocates.messages.sending import send_waiting
from advocates.people.models import PersonProfile
from advocates.schedule import reminding
from advocates.schedule.models import TrainingSession
from advocates.schedule.reminding import send_reminders
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.curriculum import make_version
from tests.factories.people import make_person
from tests.factories.schedule import make_session
from tests.messages.mail_server import mail_server
from tests.together import at_once


@pytest.fixture
def mailbox(app):
    with mail_server(app) as mailbox:
        yield mailbox


@pytest.fixture
def cohort(app):
    return make_cohort(make_version())


def session_in(cohort, hours, **columns):
    session = make_session(cohort, date(2027, 1, 12), **columns)
    length = session.planned_end - session.planned_start
    session.planned_start = clock.now().replace(second=0, microsecond=0) + timedelta(hours=hours)
    session.planned_end = session.planned_start + length
    db.session.commit()
    return session.id


def test_those_who_attend_or_teach_are_reminded_once(cohort, mailbox):
    make_enrollment(cohort, "Wen Harlow")
    make_person("Rosa Ebel", roles=["trainer"], cohort_id=cohort.id)
    make_enrollment(make_cohort(make_version()), "Somebody Else")
    session_in(cohort, 20)
    assert [send_reminders(), send_reminders()] == [2, 0]
    assert send_waiting() == 2
    assert send_reminders() == 0
    assert {mail["Subject"] for mail in mailbox.mails} == {"Your schedule"}
    assert {mail["To"].split(".")[0] for mail in mailbox.mails} == {"wen", "rosa"}
    assert db.session.query(OutboxMessage).filter_by(kind=MailKind.REMINDER).count() == 2


@pytest.mark.parametrize("hours", [-3, 0.2, 30])
def test_what_is_over_too_near_or_far_off_waits(cohort, mailbox, hours):
    make_enrollment(cohort, "Wen Harlow")
    session_in(cohort, hours)
    assert send_reminders() == 0


def test_who_wants_no_mail_gets_none_and_a_canceled_session_reminds_nobody(cohort, mailbox):
    trainee = make_enrollment(cohort, "Wen Harlow")
    session_id = session_in(cohort, 20)
    db.session.get_one(PersonProfile, trainee.person_id).declines_mail = True
    db.session.commit()
    assert send_reminders() == 0
    make_enrollment(cohort, "Basil Thorne")
    db.session.get_one(TrainingSession, session_id).cancelled_at = clock.now()
    db.session.commit()
    assert send_reminders() == 0


def test_a_session_that_moved_after_the_reminder_reminds_again(cohort, mailbox):
    make_enrollment(cohort, "Wen Harlow")
    session_id = session_in(cohort, 5)
    assert send_reminders() == 1
    session = db.session.get_one(TrainingSession, session_id, populate_existing=True)
    session.planned_start += timedelta(hours=10)
    session.planned_end += timedelta(hours=10)
    db.session.commit()
    assert send_reminders() == 1


def test_two_workers_at_once_write_once(app, cohort, mailbox):
    for name in ("Wen Harlow", "Basil Thorne", "Ines Marlow"):
        make_enrollment(cohort, name)
    session_in(cohort, 20)
    assert sorted(at_once(app, send_reminders, send_reminders)) == [0, 3]
    assert db.session.query(OutboxMessage).count() == 3


def test_a_session_that_moves_away_at_the_last_moment_reminds_nobody_yet(cohort, mailbox, monkeypatch):
    make_enrollment(cohort, "Wen Harlow")
    session_id = session_in(cohort, 20)

    def moved_just_now(_session):
        session = db.session.get_one(TrainingSession, session_id)
        session.planned_start += timedelta(days=30)
        session.planned_end += timedelta(days=30)
        db.session.commit()

    monkeypatch.setattr(reminding, "start_writing", moved_just_now)
    assert send_reminders() == 0
