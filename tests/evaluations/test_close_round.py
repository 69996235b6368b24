"""Closing a survey: once and for good, and who had answered is forgotten."""

from sqlalchemy import select

from advocates.database import db
from advocates.evaluations.inviting import ask_supervisor, write_to_round
from advocates.evaluations.models import SurveyRound
from advocates.messages.models import MessageState, OutboxMessage
from tests.factories.cohorts import make_enrollment
from tests.factories.evaluations import answer_all, invitations_of, make_end_round, make_round
from tests.messages.mail_server import mail_settings


def test_everybody_looks_the_same_afterwards(as_trainer, cohort):
    round_ = make_end_round(cohort, 3)
    answer_all(round_, [{"q1": "4"}])
    response = as_trainer.post_form(f"/survey-rounds/{round_.id}/closing")
    assert response.location == f"/survey-rounds/{round_.id}"
    rows = invitations_of(round_)
    assert {(row.is_done, row.token_sha256, row.address, row.mails, row.mailed_at) for row in rows} == {
        (True, None, None, 0, None)
    }
    closed = db.session.get_one(SurveyRound, round_.id, populate_existing=True).closed_at
    again = as_trainer.post_form(f"/survey-rounds/{round_.id}/closing")
    assert again.status_code == 303
    assert db.session.get_one(SurveyRound, round_.id, populate_existing=True).closed_at == closed


def test_a_supervisors_address_goes_from_everywhere(app, as_trainer, administrator, cohort):
    graduate = make_enrollment(cohort, "Wen Harlow", status="completed")
    round_ = make_round(cohort, "follow_up_supervisor")
    ask_supervisor(administrator.id, round_.id, graduate.person_id, "lead@example.org")
    with mail_settings(app, mail_server="127.0.0.1", mail_port=9):
        assert write_to_round(round_) == 1
    db.session.commit()
    as_trainer.post_form(f"/survey-rounds/{round_.id}/closing")
    (mail,) = db.session.scalars(select(OutboxMessage), execution_options={"populate_existing": True}).all()
    assert (mail.address, mail.body, mail.state, mail.once_key) == ("", "", MessageState.FAILED, None)
    assert invitations_of(round_)[0].address is None


def test_strangers_trainees_and_trainers_of_others_are_refused(client, as_trainee, as_another_trainer, cohort):
    round_ = make_end_round(cohort)
    address = f"/survey-rounds/{round_.id}/closing"
    assert client.post(address).status_code == 303
    assert as_trainee.post_form(address).status_code == 403
    assert as_another_trainer.post_form(address).status_code == 404
    assert as_trainee.get(address).status_code == 405
    assert db.session.get_one(SurveyRound, round_.id, populate_existing=True).closed_at is None
