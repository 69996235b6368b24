"""A module of a draft changed: all of its fields, kept when refused, and never over what was not seen."""

import uuid

from sqlalchemy import func, select

from advocates.audit.models import AuditEvent
from advocates.database import db
from tests.factories.curriculum import make_version
from tests.factories.drafting import MODULE, document, make_draft, rows
from tests.factories.people import make_person


def address(version, place=0):
    return f"/curriculum-versions/{version.id}/modules/{rows(version)[place].module_id}/edit"


def send(client, where, **changes):
    return client.post_form(where, MODULE | {"seen": client.seen(where)} | changes)


def test_it_says_what_was_typed_and_keeps_its_key_and_place(as_administrator):
    version = make_draft()
    changes = {"content_note": "Describes\r\nviolence", "equivalent_activity": "A talk", "required": ""}
    send(as_administrator, address(version, 1), **{**changes, "observed_skills": "y"})
    module = document(version).modules[1]
    assert (module.key, module.title, module.content_note) == ("A2", "Listening", "Describes violence")
    assert (module.equivalent_activity, module.required, module.observed_skills) == ("A talk", False, True)
    event = db.session.scalars(select(AuditEvent)).one()
    assert event.action == "edit_module"
    assert "Listening" not in event.payload


def test_sending_what_is_stored_records_nothing(as_administrator):
    version = make_draft()
    module = document(version).modules[0]
    stored = {
        "title": module.title, "contact_minutes": "60", "domain": module.domain, "required": "y",
        "content_note": module.content_note or "", "equivalent_activity": module.equivalent_activity or "",
        "objectives": "\n".join(module.objectives),
    }  # fmt: skip
    assert send(as_administrator, address(version), **stored).status_code == 303
    assert db.session.scalar(select(func.count()).select_from(AuditEvent)) == 0


def test_what_somebody_else_changed_meanwhile_is_shown_beside_what_was_typed(as_administrator):
    version = make_draft()
    where = address(version)
    seen = as_administrator.seen(where)
    send(as_administrator, where, title="Their title", delivery_modes=["in_person"])
    response = as_administrator.post_form(where, MODULE | {"seen": seen, "title": "My title"})
    assert response.status_code == 409
    assert "Their title" in response.text
    assert "<bdi>in person</bdi>" in response.text
    assert 'value="My title"' in response.text
    assert document(version).modules[0].title == "Their title"


def test_a_name_that_is_no_longer_known_stays_a_choice(as_administrator):
    version = make_draft()
    row = rows(version)[0]
    row.prerequisites, row.competencies = '["Z9"]', '["C9"]'
    db.session.commit()
    text = as_administrator.get(address(version)).text
    assert "Z9 (not in this version)" in text
    assert "C9 (not in the framework)" in text
    assert send(as_administrator, address(version), prerequisites=["Z9"]).status_code == 303
    assert document(version).modules[0].prerequisites == ("Z9",)


def test_wrong_input_is_refused_at_its_field_with_the_rest_kept(as_administrator):
    version = make_draft()
    response = send(as_administrator, address(version), contact_minutes="0", title="Kept")
    assert response.status_code == 422
    assert "This must be a whole number from 1 to 6000." in response.text
    assert 'value="Kept"' in response.text
    assert document(version).modules[0].contact_minutes == 60


def test_the_total_without_the_module_is_there_for_the_script(as_administrator):
    assert 'data-others="120"' in as_administrator.get(address(make_draft())).text


def test_missing_published_and_forbidden(client, as_administrator):
    version, published = make_draft(), make_version(minutes=(60,))
    missing = f"/curriculum-versions/{version.id}/modules/{uuid.uuid4()}/edit"
    assert as_administrator.get(missing).status_code == 404
    assert as_administrator.post_form(missing, MODULE).status_code == 404
    response = as_administrator.post_form(address(published), MODULE)
    assert response.location == f"/curriculum-versions/{published.id}"
    assert "published meanwhile" in as_administrator.get(response.location).text
    assert client.get(address(version)).location.startswith("/sign-in")
    client.sign_in(make_person("Wen Harlow", roles=["trainee"]).id)
    assert client.post_form(address(version), MODULE).status_code == 403
