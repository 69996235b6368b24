"""A qualification that was a mistake is removed, once."""

from datetime import date

from advocates.database import db
from advocates.staffing.assigning import add_qualification
from advocates.staffing.models import Qualification
from tests.factories.people import make_person


def test_it_is_gone_from_the_page_and_kept_in_the_database(app):
    administrator = make_person("Ada Quill", roles=["administrator"])
    add_qualification(administrator.id, administrator.id, "Trainer", date(2026, 1, 1), None)
    db.session.commit()
    row = db.session.query(Qualification).one()
    client = app.test_client().sign_in(administrator.id)
    for _ in range(2):
        assert client.post_form(f"/qualifications/{row.id}/remove").status_code == 303
    assert "None on file." in client.get(f"/people/{administrator.id}/qualifications").text
    assert db.session.query(Qualification).count() == 1
