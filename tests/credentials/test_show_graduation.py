"""Who is ready, who is not and by how much, who has a certificate: on one page, in ten statements."""

import uuid
from dataclasses import replace

import pytest

from advocates import clock
from advocates.credentials.models import Issuer, IssuingBatch, IssuingItem, ItemState
from advocates.credentials.rules import WaiverReason
from advocates.credentials.waiving import propose_waiver
from advocates.database import db, new_id
from advocates.people.models import PersonProfile
from tests.budgets import statements
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.graduation import (
    AGREEMENTS,
    SKILLS,
    confirm_name,
    make_credential,
    make_issuer,
    make_ready,
    make_short_cohort,
    open_gates,
    sign_agreements,
    sign_skills,
    take_back,
    take_test,
    teach,
)
from tests.factories.people import make_person

ISSUE = "/graduation/issue"


@pytest.fixture
def cohort(app):
    return make_short_cohort()


def show(client, cohort):
    return client.get(f"/cohorts/{cohort.id}/graduation")


def text_of(client, cohort):
    """The page as it reads, spaces closed up."""
    response = show(client, cohort)
    assert response.status_code == 200
    return " ".join(response.text.split())


def test_an_empty_cohort_says_where_to_go(as_administrator, cohort):
    text = text_of(as_administrator, cohort)
    assert "Nobody is enrolled in this cohort yet." in text
    assert ISSUE not in text


def test_applicants_are_not_on_the_page(as_administrator, cohort):
    make_enrollment(cohort, "Noor Vale", status="applied")
    assert "Noor Vale" not in text_of(as_administrator, cohort)


def test_the_ready_can_be_issued_at_once(as_administrator, cohort):
    make_issuer()
    make_ready(cohort, "Łucja Święcicka")
    make_ready(cohort, "Nguyễn Minh An")
    text = text_of(as_administrator, cohort)
    assert "<summary>Issue 2 certificates</summary>" in text
    assert "Issue 2 certificates for good</button>" in text
    assert f"/cohorts/{cohort.id}{ISSUE}" in text
    assert "1 h 45 min" in text
    assert "Dec 5, 2026" in text


def test_before_an_issuer_is_named_the_page_says_so_and_offers_no_button(as_administrator, cohort):
    make_ready(cohort)
    text = text_of(as_administrator, cohort)
    assert "No certificate can be issued before the issuer and at least one signatory are named." in text
    assert 'href="/issuer">Name them now' in text
    assert ISSUE not in text
    make_issuer(signatories=0)
    assert ISSUE not in text_of(as_administrator, cohort)


def test_each_shortfall_is_told_exactly(as_administrator, cohort):
    enrollment = make_enrollment(cohort, "Noor Vale")
    teach(cohort, [enrollment], leaves_early=35)
    take_test(enrollment, 31)
    take_test(enrollment, 29, number=2)
    sign_skills(enrollment, SKILLS[2:])
    sign_agreements(enrollment, AGREEMENTS[:1])
    text = text_of(as_administrator, cohort)
    for sentence in (
        "Contact hours: 1 h 10 min of 1 h 45 min credited, 0 h 35 min missing",
        ": 0 h 35 min missing (minutes 10–45)",
        "Pre-test: not taken yet",
        "Post-test: best 31 of 50; 35 needed; 1 attempt left",
        f"2 skills not signed yet: {SKILLS[0]}; {SKILLS[1]}",
        "1 agreement not signed yet: confidentiality",
        "Certificate name: not confirmed yet",
    ):
        assert sentence in text


def test_a_post_test_without_attempts_left_says_so(as_administrator, cohort):
    enrollment = make_enrollment(cohort)
    for number in (1, 2, 3):
        take_test(enrollment, 30 + number, number=number)
    assert "Post-test: best 33 of 50; 35 needed; no attempt left" in text_of(as_administrator, cohort)


def test_somebody_who_never_came_owes_whole_modules(as_administrator, cohort):
    make_enrollment(cohort)
    text = text_of(as_administrator, cohort)
    assert "all 1 h 00 min missing" in text
    assert "Post-test: not taken yet; 35 of 50 needed" in text


def test_issued_revoked_and_waiting_people_have_their_place(as_administrator, administrator, cohort):
    make_issuer()
    issued, revoked, waiting = (make_ready(cohort, name) for name in ("Ana Issued", "Bo Revoked", "Cy Waiting"))
    held = make_credential(issued, administrator)
    ended = make_credential(revoked, administrator, "LCS-2026-0002", "revoked")
    batch = IssuingBatch(id=new_id(), cohort_id=cohort.id, requested_by=administrator.id, requested_at=clock.now())
    db.session.add(batch)
    db.session.flush()
    db.session.add(IssuingItem(batch_id=batch.id, enrollment_id=waiting.id, state=ItemState.WAITING))
    db.session.commit()
    text = text_of(as_administrator, cohort)
    assert f'<a href="/credentials/{held.id}">LCS-2026-0001</a>' in text
    assert f'<a href="/credentials/{ended.id}">LCS-2026-0002</a>' in text
    assert f'href="/issuing/{batch.id}"' in text
    assert f"/enrollments/{revoked.id}/credential" in text
    assert ISSUE not in text


def test_an_award_whose_record_was_corrected_is_marked(as_administrator, administrator, cohort):
    unchanged, changed = make_ready(cohort, "Ana Vale"), make_ready(cohort, "Bo Vale")
    make_credential(unchanged, administrator)
    make_credential(changed, administrator, "LCS-2026-0002")
    assert "Changed since issue" not in text_of(as_administrator, cohort)
    take_back(changed)
    text = text_of(as_administrator, cohort)
    assert text.count("Changed since issue") == 1
    assert text.index("LCS-2026-0002") < text.index("Changed since issue")


def test_a_local_base_address_is_warned_of_unless_all_is_a_sample(as_administrator, client, cohort, app, monkeypatch):
    warning = "Certificates will carry the address http://localhost. Set ADVOCATES_BASE_ADDRESS first."
    issuer = make_issuer()
    make_ready(cohort)
    trainer = make_person("Rosa Ebel", roles=["trainer"], cohort_id=cohort.id)
    assert warning in text_of(as_administrator, cohort)
    assert warning not in text_of(client.sign_in(trainer.id), cohort)
    with monkeypatch.context() as patch:
        patch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], base_address="https://training.example"))
        assert "Certificates will carry" not in text_of(as_administrator, cohort)
    db.session.get_one(Issuer, issuer.id).is_sample = True
    db.session.commit()
    assert "Certificates will carry" not in text_of(as_administrator, cohort)


def test_a_new_certificate_after_a_revoked_one_is_the_one_shown(as_administrator, administrator, cohort):
    enrollment = make_ready(cohort)
    make_credential(enrollment, administrator, "LCS-2026-0001")
    make_credential(enrollment, administrator, "LCS-2026-0002", "revoked")
    text = text_of(as_administrator, cohort)
    assert "LCS-2026-0001" in text
    assert "LCS-2026-0002" not in text


def test_the_reading_order_follows_the_printed_names_and_says_them(as_administrator, cohort):
    make_ready(cohort, "Zofia Łąka")
    first = make_ready(cohort, "Zed")
    db.session.get_one(PersonProfile, first.person_id).pronunciation = "AH-nuh VAYL"
    confirm_name(first, "Ana Vale")
    text = text_of(as_administrator, cohort).partition("Reading order")[2]
    assert (
        text.index("Ana Vale") < text.index("AH-nuh VAYL") < text.index("Zofia Łąka") < text.index("ask how it is said")
    )


def test_proposed_waivers_are_decided_here_but_not_by_their_proposer(as_administrator, administrator, cohort):
    enrollment = make_enrollment(cohort)
    waiver = propose_waiver(administrator.id, enrollment.id, "pre_test", WaiverReason.LATE_ENROLLMENT)
    other = propose_waiver(make_person("Rosa Ebel").id, enrollment.id, "post_test", WaiverReason.NOT_OFFERED)
    db.session.commit()
    text = text_of(as_administrator, cohort)
    assert "Pre-test: Enrolled after it was held" in text
    assert f"/waivers/{waiver.id}/decide" not in text
    assert f"/waivers/{other.id}/decide" in text


def test_nobody_is_offered_their_own_certificate(client, administrator, cohort):
    make_issuer()
    me = make_person("Ivo Both", roles=["administrator", "trainee"])
    make_ready(cohort, "Ivo Both", person=me)
    text = text_of(client.sign_in(me.id), cohort)
    assert "Nobody issues their own certificate" in text
    assert ISSUE not in text


def test_trainers_see_slices_and_no_issue_button(client, cohort):
    make_issuer()
    make_ready(cohort)
    late = make_enrollment(cohort, "Noor Vale")
    teach(cohort, [late], leaves_early=35)
    text = text_of(client.sign_in(make_person("Rosa Ebel", roles=["trainer"], cohort_id=cohort.id).id), cohort)
    assert ISSUE not in text
    assert "(minutes 10–45)" in text
    assert f"/enrollments/{late.id}/waivers" in text


def test_auditors_see_minutes_but_not_which(client, cohort):
    late = make_enrollment(cohort, "Noor Vale")
    teach(cohort, [late], leaves_early=35)
    text = text_of(client.sign_in(make_person("Ola Reed", roles=["auditor"], cohort_id=cohort.id).id), cohort)
    assert "0 h 35 min missing" in text
    assert "(minutes" not in text
    assert "/waivers" not in text


def test_strangers_trainees_and_staff_of_other_cohorts_are_refused(client, cohort):
    assert show(client, cohort).location.startswith("/sign-in")
    client.sign_in(make_person("Wen Harlow", roles=["trainee"]).id)
    assert show(client, cohort).status_code == 403
    client.sign_in(make_person("Rosa Ebel", roles=["trainer"], cohort_id=make_cohort().id).id)
    assert show(client, cohort).status_code == 404


def test_a_missing_cohort_is_404(as_administrator):
    assert as_administrator.get(f"/cohorts/{uuid.uuid4()}/graduation").status_code == 404


@pytest.mark.parametrize("people", [1, 3, 30])
def test_the_page_takes_eleven_statements_however_many_people(as_administrator, administrator, cohort, people):
    make_issuer()
    enrollments = [make_enrollment(cohort, f"Trainee {number}") for number in range(people)]
    teach(cohort, enrollments)
    for number, enrollment in enumerate(enrollments):
        if number % 3 == 0:
            open_gates(enrollment)
            make_credential(enrollment, administrator, f"LCS-2026-{number:04d}") if number % 2 else None
        else:
            propose_waiver(administrator.id, enrollment.id, "pre_test", WaiverReason.LATE_ENROLLMENT)
    db.session.commit()
    with statements() as sent:
        assert show(as_administrator, cohort).status_code == 200
    page = [sql for sql in sent if "sign_in" not in sql and "role_grant" not in sql]
    # cohort, people with credentials, letterhead; enrollments with names, versions, attempts, sign-offs,
    # signatures, ledger, waivers
    assert len(page) == 10, page
