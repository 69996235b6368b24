"""Revoking: with a reason, once, never one's own; the public check follows."""

from sqlalchemy import select

from advocates.access import Role
from advocates.audit.checking import check_chain
from advocates.credentials.models import Credential, CredentialState
from advocates.credentials.revoking import NotInForce, RevocationReason, revoke_credential
from advocates.database import db
from advocates.people.models import Person
from tests.factories.people import grant_role
from tests.together import at_once


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


def test_two_revocations_at_the_same_moment_have_one_reason(app, award, administrator):
    actor_id = administrator.id

    def revoke(reason):
        shown = db.session.get_one(Credential, award.id)  # the page has read it before
        return revoke_credential(actor_id, shown.id, reason).end_reason_code

    results = at_once(app, *(lambda reason=reason: revoke(reason) for reason in list(RevocationReason)[:3]))
    [first] = [result for result in results if isinstance(result, str)]
    assert sum(isinstance(result, NotInForce) for result in results) == 2
    assert db.session.get_one(Credential, award.id).end_reason_code == first
