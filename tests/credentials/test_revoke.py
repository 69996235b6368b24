"""Revoking: with a reason, once, never one's own; the public check follows."""

from sqlalchemy import select

from advocates.access import Role
from advocates.audit.checking import check_chain
from advocates.credentials.models import Credential, CredentialState
from advocates.database import db
from advocates.people.models import Person
from tests.factories.people import grant_role


def _state():
    db.session.expire_all()
    return db.session.scalars(select(Credential)).one().state


def test_a_revoked_certificate_answers_revoked(as_administrator, client, award):
    assert "This certificate is valid" in client.get(f"/verify/{award.code}").text
    response = as_administrator.post_form(f"/credentials/{award.id}/revoke", {"reason": "issued_in_error"})
    assert response.status_code == 303
    assert "Revoked" in as_administrator.get(response.location).text
    page = client.get(f"/verify/{award.code}")
    assert "This certificate was revoked" in page.text
    assert "issued_in_error" not in page.text
    assert as_administrator.get(f"/credentials/{award.id}/certificate.pdf").status_code == 200
    assert check_chain()[1] is None


def test_without_a_reason_nothing_happens(as_administrator, award):
    response = as_administrator.post_form(f"/credentials/{award.id}/revoke", {"reason": ""})
    assert response.status_code == 422
    assert "Choose a reason." in response.text
    assert _state() is CredentialState.IN_FORCE


def test_a_second_revocation_is_refused(as_administrator, award):
    as_administrator.post_form(f"/credentials/{award.id}/revoke", {"reason": "issued_in_error"})
    again = as_administrator.post_form(f"/credentials/{award.id}/revoke", {"reason": "holder_asked"})
    assert again.status_code == 409


def test_nobody_revokes_their_own(app, award):
    grant_role(db.session.get_one(Person, award.person_id), Role.ADMINISTRATOR)
    db.session.commit()
    holder = app.test_client().sign_in(award.person_id)
    assert holder.post_form(f"/credentials/{award.id}/revoke", {"reason": "issued_in_error"}).status_code == 409
    assert _state() is CredentialState.IN_FORCE
