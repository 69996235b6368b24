"""A material's file: its exact bytes, never shown in the page's place, for those whom it is given to."""

import uuid

from advocates.curriculum.models import ModuleMaterial
from advocates.curriculum.queries import modules_of
from advocates.database import db
from advocates.materials.adding import add_link, retire_material
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.curriculum import make_version
from tests.factories.materials import PDF, make_material
from tests.factories.people import make_person


def test_the_bytes_come_as_a_download(app, administrator):
    version = make_version(minutes=(60,))
    material = make_material(version.id, administrator, title='Safety: "plan"/Sichere Pläne')
    where = f"/materials/{material.id}"
    response = app.test_client().sign_in(make_enrollment(make_cohort(version), "Wen Harlow").person_id).get(where)
    assert (response.data, response.mimetype) == (PDF, "application/pdf")
    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert "Safety-%20-plan-Sichere%20Pl%C3%A4ne.pdf" in response.headers["Content-Disposition"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_nobody_else_is_given_it(app, client, administrator):
    version = make_version(minutes=(60,))
    where = f"/materials/{make_material(version.id, administrator).id}"
    other = make_cohort(make_version(minutes=(60,)))
    stranger = make_enrollment(other, "Basil Thorne").person_id
    trainer = make_person("Rosa Ebel", roles=["trainer"], cohort_id=other.id).id
    for person_id in (stranger, trainer):
        assert app.test_client().sign_in(person_id).get(where).status_code == 404
    auditor = make_person("Sunniva Castellane", roles=["auditor"], cohort_id=other.id).id
    assert app.test_client().sign_in(auditor).get(where).status_code == 403
    assert client.get(where).location.startswith("/sign-in")


def test_a_retired_one_stays_on_record_for_administrators(app, administrator, as_administrator):
    version = make_version(minutes=(60,))
    material_id = make_material(version.id, administrator).id
    retire_material(administrator.id, material_id)
    db.session.commit()
    trainee = app.test_client().sign_in(make_enrollment(make_cohort(version), "Wen Harlow").person_id)
    assert trainee.get(f"/materials/{material_id}").status_code == 404
    assert as_administrator.get(f"/materials/{material_id}").data == PDF


def test_a_link_and_a_missing_one_are_no_file(administrator, as_administrator):
    version = make_version(minutes=(60,))
    module_id = modules_of(version.id)[0].module_id
    link_id = add_link(administrator.id, version.id, module_id, "Law", "https://example.org")
    db.session.commit()
    assert db.session.get(ModuleMaterial, link_id) is not None
    for material_id in (link_id, uuid.uuid4()):
        assert as_administrator.get(f"/materials/{material_id}").status_code == 404
