"""The rules of a draft: each with its sentence, kept when refused, and never over what was not seen."""

import uuid

from sqlalchemy import func, select

from advocates.audit.models import AuditEvent
from advocates.curriculum.importing import copy_version
from advocates.curriculum.models import Curriculum, CurriculumVersion
from advocates.database import db
from advocates.drafting.rules import rules_values
from tests.factories.curriculum import make_version
from tests.factories.drafting import document, make_draft
from tests.factories.people import make_person


def address(version):
    return f"/curriculum-versions/{version.id}/rules"


def send(client, version, **changes):
    return client.post_form(
        address(version), rules_values(document(version)) | {"seen": client.seen(address(version))} | changes
    )


def test_each_rule_stands_with_its_sentence(as_administrator):
    text = as_administrator.get(address(make_draft())).text
    for sentence in ("At least 20 h 00 min of it in person.", "No credit for self-paced time.", "Makes a safety plan"):
        assert sentence in text


def test_changed_rules_are_stored_and_read_as_sentences(as_administrator):
    version = make_draft()
    changes = {
        "required_contact_minutes": "240", "cap_live_online": "120", "cap_self_paced": "", "skills": "Listens\nRefers",
        "agreements": ["confidentiality"], "most_made_up": "60", "completion_window_days": "90", "title": "Renamed",
    }  # fmt: skip
    response = send(as_administrator, version, **changes)
    assert response.location == f"/curriculum-versions/{version.id}/edit"
    db.session.expire_all()
    rules = document(version).rules
    assert dict(rules.delivery_caps_minutes)["live_online"] == 120
    assert "self_paced" not in rules.delivery_caps_minutes
    assert (rules.skills, rules.agreements) == (("Listens", "Refers"), ("confidentiality",))
    assert (rules.make_up_limits.most_minutes, rules.completion_window_days) == (60, 90)
    assert db.session.get_one(Curriculum, version.curriculum_id).title == "Renamed"
    assert db.session.scalars(select(AuditEvent.action)).all() == ["edit_rules"]
    assert "At most 1 h 00 min can be made up in all." in as_administrator.get(address(version)).text


def test_sending_what_is_stored_records_nothing(as_administrator):
    version = make_draft()
    assert send(as_administrator, version).status_code == 303
    assert db.session.scalar(select(func.count()).select_from(AuditEvent)) == 0


def test_wrong_figures_are_refused_at_their_field_with_the_rest_kept(as_administrator):
    version = make_draft()
    response = send(as_administrator, version, cap_in_person="many", note="Kept as typed")
    assert response.status_code == 422
    assert 'href="#cap_in_person"' in response.text
    assert "Kept as typed" in response.text


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(as_administrator):
    version = make_draft()
    seen = as_administrator.seen(address(version))
    send(as_administrator, version, pass_mark="80", make_up_routes=["same_cohort"])
    response = send(as_administrator, version, seen=seen, pass_mark="75", make_up_routes=[])
    assert response.status_code == 409
    assert "<bdi>80</bdi>" in response.text
    assert "<bdi>the same part in another session of the cohort</bdi>" in response.text
    db.session.expire_all()
    assert document(version).rules.post_test.pass_mark_percent == 80


def test_a_title_that_other_versions_have_stays(as_administrator, administrator):
    old = make_version(minutes=(60,))
    draft = db.session.get_one(CurriculumVersion, copy_version(administrator.id, old.id))
    db.session.commit()
    assert 'type="hidden" name="title"' in as_administrator.get(address(draft)).text
    response = send(as_administrator, draft, title="Renamed")
    assert response.status_code == 422
    assert "it can change only while no other has it" in response.text


def test_missing_published_and_forbidden(client, as_administrator):
    version, published = make_draft(), make_version(minutes=(60,))
    assert as_administrator.get(f"/curriculum-versions/{uuid.uuid4()}/rules").status_code == 404
    assert as_administrator.post_form(address(published)).location == f"/curriculum-versions/{published.id}"
    assert client.get(address(version)).location.startswith("/sign-in")
    client.sign_in(make_person("Wen Harlow", roles=["trainee"]).id)
    assert client.post_form(address(version)).status_code == 403
