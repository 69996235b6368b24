"""What surveys do by themselves: open once, write at most three times by a real mail server, stop, and close."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from advocates import clock
from advocates.cohorts.models import Enrollment
from advocates.cohorts.rules import EnrollmentStatus
from advocates.database import db
from advocates.evaluations.inviting import ask_supervisor
from advocates.evaluations.models import SurveyPlan, SurveyRound
from advocates.evaluations.sweeping import sweep_surveys
from advocates.messages.models import OutboxMessage
from advocates.messages.sending import send_waiting
from advocates.people.models import PersonProfile
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.evaluations import be_present, invitations_of, make_round, path_of
from tests.factories.people import make_person
from tests.factories.schedule import local, make_session
from tests.messages.mail_server import mail_server, text_of
from tests.together import at_once

DAY = timedelta(days=1)
START = local(date(2026, 10, 21), "09:00")


@pytest.fixture
def mailbox(app):
    with mail_server(app) as mailbox:
        yield mailbox


@pytest.fixture
def now(monkeypatch):
    """Sets what the clock says, to days after the morning of October 21, 2026."""

    def set_to(days):
        monkeypatch.setattr(clock, "now", lambda: START + days * DAY)

    set_to(0)
    return set_to


def rounds():
    db.session.remove()
    return db.session.scalars(select(SurveyRound).order_by(SurveyRound.id)).all()


def taught(cohort, **more):
    """A session of the evening before that was signed off, at which Wen was present."""
    wen, trainer = make_enrollment(cohort, "Wen Harlow"), make_person("Gita Moor")
    session = make_session(cohort, date(2026, 10, 20), signed_off_at=START, signed_off_by=trainer.id, **more)
    be_present(session, [wen], trainer)
    return wen


def test_a_signed_off_session_is_asked_about_once(cohort, now):
    taught(cohort)
    make_session(cohort, date(2026, 10, 20))
    for _ in range(3):
        sweep_surveys()
    assert [round_.kind for round_ in rounds()] == ["session"]
    assert rounds()[0].opened_by is None


def test_two_workers_at_once_open_and_write_once(app, cohort, now, mailbox):
    taught(cohort)
    assert sorted(at_once(app, sweep_surveys, sweep_surveys)) in ([0, 1], [1, 1])
    assert len(rounds()) == 1
    assert db.session.query(OutboxMessage).count() == 1


@pytest.mark.parametrize("why", ["long ago", "planned otherwise", "nobody present"])
def test_what_is_not_to_be_asked_about_is_left_alone(cohort, now, why):
    if why == "nobody present":
        make_session(cohort, date(2026, 10, 20), signed_off_at=START, signed_off_by=make_person("Bo").id)
    else:
        taught(cohort)
    if why == "long ago":
        now(20)
    if why == "planned otherwise":
        plan = SurveyPlan(cohort_id=cohort.id, after_sessions=False, at_the_end=True, after_six_months=True)
        db.session.add(plan)
        db.session.commit()
    sweep_surveys()
    assert rounds() == []


def test_the_end_and_six_months_later(app, now):
    cohort = make_cohort(ends_on=date(2026, 10, 21))
    make_enrollment(cohort, "Wen Harlow", status="completed")
    sweep_surveys()
    assert rounds() == []
    now(1)
    sweep_surveys()
    assert [round_.kind for round_ in rounds()] == ["end"]
    now(181)
    sweep_surveys()
    assert len(rounds()) == 1
    now(183)
    sweep_surveys()
    assert [round_.kind for round_ in rounds()] == ["end", "follow_up_graduate"]
    assert rounds()[0].closed_at is not None


def test_one_mail_two_reminders_then_none_and_the_survey_closes(cohort, now, mailbox):
    taught(cohort)
    sent = []
    for day in range(9):
        now(day)
        sent.append(sweep_surveys())
        send_waiting()
    assert sent == [1, 0, 1, 0, 1, 0, 0, 0, 0]
    assert {mail["Subject"] for mail in mailbox.mails} == {"Your training"}
    links = {line for mail in mailbox.mails for line in text_of(mail).splitlines() if "/surveys/" in line}
    assert len(links) == 1
    assert "This is a reminder" in text_of(mailbox.mails[1])
    assert rounds()[0].closed_at is not None


@pytest.mark.parametrize("why", ["answered", "no thanks", "declines mail", "withdrew"])
def test_reminders_stop(client, cohort, now, mailbox, why):
    wen = taught(cohort)
    assert sweep_surveys() == 1
    (invitation,) = invitations_of(rounds()[0])
    if why in {"answered", "no thanks"}:
        client.post_form(path_of(invitation), {"q1": "4"} if why == "answered" else {"no_thanks": "1"})
    elif why == "declines mail":
        db.session.get_one(PersonProfile, wen.person_id, populate_existing=True).declines_mail = True
    else:
        db.session.get_one(Enrollment, wen.id, populate_existing=True).status = EnrollmentStatus.WITHDRAWN
    db.session.commit()
    now(2)
    assert sweep_surveys() == 0


def test_the_link_of_the_mail_leads_to_the_form(client, cohort, now, mailbox):
    taught(cohort)
    sweep_surveys()
    send_waiting()
    (mail,) = mailbox.mails
    link = next(line for line in text_of(mail).splitlines() if "/surveys/" in line)
    assert client.get(link.removeprefix("http://localhost")).status_code == 200
    assert "Wen" not in mail["Subject"]


def test_a_supervisor_is_written_to_without_the_graduates_name(now, mailbox):
    cohort = make_cohort(ends_on=date(2026, 4, 1))
    graduate = make_enrollment(cohort, "Wen Harlow", status="completed")
    round_ = make_round(cohort, "follow_up_supervisor")
    ask_supervisor(make_person("Ada Quill").id, round_.id, graduate.person_id, "lead@example.org")
    db.session.commit()
    assert sweep_surveys() >= 1
    send_waiting()
    mail = next(mail for mail in mailbox.mails if mail["To"] == "lead@example.org")
    assert mail["Subject"] == "A few questions about a training"
    assert "Wen" not in text_of(mail)


def test_without_a_mail_server_it_opens_and_writes_nothing(cohort, now):
    taught(cohort)
    assert sweep_surveys() == 0
    assert [round_.kind for round_ in rounds()] == ["session"]
