"""The exact bytes issued."""

import hashlib

from sqlalchemy import update

from advocates.credentials.models import Credential, CredentialState
from advocates.database import db


def test_the_download_is_byte_for_byte_what_was_issued(as_administrator, award):
    answer = as_administrator.get(f"/credentials/{award.id}/certificate.pdf")
    assert answer.mimetype == "application/pdf"
    assert hashlib.sha256(answer.data).hexdigest() == award.pdf_sha256
    assert answer.headers["Content-Disposition"] == f'inline; filename="certificate-{award.serial}.pdf"'


def test_the_holder_may_open_it(app, award):
    holder = app.test_client().sign_in(award.person_id)
    assert holder.get(f"/credentials/{award.id}/certificate.pdf").data.startswith(b"%PDF")


def test_one_that_is_not_published_yet_is_not_there(as_administrator, award):
    db.session.execute(update(Credential).values(state=CredentialState.RESERVED))
    db.session.commit()
    assert as_administrator.get(f"/credentials/{award.id}/certificate.pdf").status_code == 404
