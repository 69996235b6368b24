"""One award: who sees it, and what it shows."""

import uuid

from tests.factories.graduation import make_ready, make_short_cohort
from tests.factories.people import make_person


def test_the_administrator_sees_what_it_states_and_stands_on(as_administrator, award):
    page = as_administrator.get(f"/credentials/{award.id}").text
    for text in ("Ottilie Marsh", award.serial, award.code, "1 h 45 min", award.proof_sha256, award.pdf_sha256):
        assert text in page


def test_the_holder_sees_it_and_may_not_revoke_it(app, award):
    holder = app.test_client().sign_in(award.person_id)
    page = holder.get(f"/credentials/{award.id}")
    assert page.status_code == 200
    assert "/revoke" not in page.text
    assert holder.get(f"/credentials/{award.id}/revoke").status_code == 403


def test_another_trainee_and_a_trainer_of_another_cohort_get_404(app, award):
    other = make_ready(make_short_cohort(), "Basil Thorne")
    stranger = app.test_client().sign_in(other.person_id)
    trainer = app.test_client().sign_in(make_person("Rosa Ebel", roles=["trainer"]).id)
    for client in (stranger, trainer):
        for address in (f"/credentials/{award.id}", f"/credentials/{award.id}/certificate.pdf"):
            assert client.get(address).status_code == 404


def test_a_missing_credential_answers_404(as_administrator):
    assert as_administrator.get(f"/credentials/{uuid.uuid4()}").status_code == 404
