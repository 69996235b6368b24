"""The form for somebody who is signed in: theirs alone, and never a supervisor's."""

from sqlalchemy import select

from advocates.database import db
from advocates.evaluations.inviting import ask_supervisor
from advocates.evaluations.models import SurveyAnswer
from tests.factories.cohorts import make_enrollment
from tests.factories.evaluations import invitations_of, make_end_round, make_round


def own_client(app, invitation):
    client = app.test_client()
    client.sign_in(invitation.person_id)
    return client


def test_the_home_leads_to_it_until_it_is_answered(app, cohort):
    (invitation,) = invitations_of(make_end_round(cohort))
    client, address = own_client(app, invitation), f"/my-surveys/{invitation.id}"
    assert address in client.get("/").text
    assert client.get(address).status_code == 200
    assert client.post_form(address, {"q1": "3"}).location == "/survey-answered"
    assert address not in client.get("/").text
    assert client.get(address).status_code == 410
    assert db.session.scalars(select(SurveyAnswer.value)).all() == ["3"]


def test_no_thanks_takes_it_off_the_home(app, cohort):
    (invitation,) = invitations_of(make_end_round(cohort))
    client, address = own_client(app, invitation), f"/my-surveys/{invitation.id}"
    assert client.post_form(address, {"no_thanks": "1"}).status_code == 303
    assert address not in client.get("/").text


def test_a_stranger_signs_in_first_and_anothers_is_not_found(app, client, cohort):
    first, second = invitations_of(make_end_round(cohort, 2))
    assert client.get(f"/my-surveys/{first.id}").status_code == 303
    other = own_client(app, second)
    assert other.get(f"/my-surveys/{first.id}").status_code == 404
    assert other.post_form(f"/my-surveys/{first.id}", {"q1": "3"}).status_code == 404


def test_a_supervisors_invitation_is_not_the_graduates(app, administrator, cohort):
    graduate = make_enrollment(cohort, "Wen Harlow", status="completed")
    round_ = make_round(cohort, "follow_up_supervisor")
    ask_supervisor(administrator.id, round_.id, graduate.person_id, "lead@example.org")
    db.session.commit()
    (invitation,) = invitations_of(round_)
    assert own_client(app, invitation).get(f"/my-surveys/{invitation.id}").status_code == 404
    assert str(invitation.id) not in own_client(app, invitation).get("/").text


def test_bad_input_is_kept(app, cohort):
    (invitation,) = invitations_of(make_end_round(cohort))
    response = own_client(app, invitation).post_form(f"/my-surveys/{invitation.id}", {"q1": "x", "q9": "Kept"})
    assert response.status_code == 422
    assert "Kept" in response.text


def test_another_method_is_refused(app, cohort):
    (invitation,) = invitations_of(make_end_round(cohort))
    assert own_client(app, invitation).get(f"/my-surveys/{invitation.id}").status_code == 200
    assert app.test_client().put(f"/my-surveys/{invitation.id}").status_code in {303, 405}
