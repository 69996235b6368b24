"""Asking the supervisor of a graduate who agreed."""

import re

from sqlalchemy import select

from advocates.audit.models import AuditEvent, AuditValue
from advocates.database import db
from tests.factories.cohorts import make_enrollment
from tests.factories.evaluations import close, invitations_of, make_end_round, make_round


def supervisors_round(cohort):
    graduate = make_enrollment(cohort, "Wen Harlow", status="completed")
    make_enrollment(cohort, "Bo Carr", status="completed")
    round_ = make_round(cohort, "follow_up_supervisor")
    fields = {"graduate": str(graduate.person_id), "email": "lead@example.org", "consented": "y"}
    return round_, f"/survey-rounds/{round_.id}/supervisors", fields


def test_with_consent_the_supervisor_gets_a_link_that_asks_about_the_training(client, as_administrator, cohort):
    round_, address, fields = supervisors_round(cohort)
    assert as_administrator.post_form(address, fields).status_code == 303
    (invitation,) = invitations_of(round_)
    assert invitation.address == "lead@example.org"
    page = as_administrator.get(address).text
    path = re.search(r"http://localhost(/surveys/[\w-]+)", page)[1]
    survey = client.get(path).text
    assert "never about a person" in survey
    assert "Wen" not in survey
    assert client.post_form(path, {"q1": "5"}).status_code == 303


def test_the_trail_never_names_the_address(as_administrator, cohort):
    _round, address, fields = supervisors_round(cohort)
    as_administrator.post_form(address, fields)
    event = db.session.scalars(select(AuditEvent).order_by(AuditEvent.seq.desc())).first()
    assert event.action == "ask_supervisor"
    assert "lead" not in event.payload
    assert not db.session.scalars(select(AuditValue).filter_by(seq=event.seq)).all()


def test_without_consent_or_address_nobody_is_asked_and_what_was_typed_stays(as_administrator, cohort):
    round_, address, fields = supervisors_round(cohort)
    for left_out, said in (
        ("consented", "Ask the graduate first"),
        ("email", "Type the address"),
        ("graduate", "Choose whose"),
    ):
        response = as_administrator.post_form(address, {k: v for k, v in fields.items() if k != left_out})
        assert response.status_code == 422
        assert said in response.text
        assert ("lead@example.org" in response.text) == (left_out != "email")
    assert not invitations_of(round_)


def test_the_same_address_and_a_closed_survey_are_refused(as_administrator, cohort):
    round_, address, fields = supervisors_round(cohort)
    as_administrator.post_form(address, fields)
    other = re.search(r'<option value="([0-9a-f-]{36})">Bo Carr', as_administrator.get(address).text)[1]
    again = as_administrator.post_form(address, {**fields, "graduate": other, "email": "LEAD@example.org"})
    assert again.status_code == 422
    assert "asked already" in again.text
    close(round_)
    late = as_administrator.post_form(address, {**fields, "graduate": other, "email": "new@example.org"})
    assert late.status_code == 422
    assert "closed" in late.text
    assert len(invitations_of(round_)) == 1


def test_only_administrators_and_only_in_a_survey_of_supervisors(client, as_trainer, as_administrator, cohort):
    _round, address, _fields = supervisors_round(cohort)
    assert client.get(address).status_code == 303
    assert as_trainer.get(address).status_code == 403
    assert as_administrator.get(f"/survey-rounds/{make_end_round(cohort).id}/supervisors").status_code == 404
    assert as_administrator.get(address).status_code == 200
