"""Issuing: each state durable before the next, gapless serials, one in force, resumed after a kill."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from advocates import clock
from advocates.access import Actor, Role
from advocates.assessments.models import AssessmentAttempt
from advocates.assessments.rules import VoidReason
from advocates.assessments.voiding import void_attempt
from advocates.audit.checking import check_chain
from advocates.cohorts.models import Enrollment
from advocates.cohorts.moving import withdraw_enrollment
from advocates.cohorts.rules import EnrollmentStatus, WithdrawalReason
from advocates.credentials import issuing
from advocates.credentials.eligibility import assess_many
from advocates.credentials.graduating import Place, graduation_of
from advocates.credentials.models import Credential, CredentialState, IssuingItem, ItemState, SerialCounter
from advocates.credentials.revoking import RevocationReason, revoke_credential
from advocates.database import db
from advocates.files import storing
from tests.factories.cohorts import make_enrollment
from tests.factories.graduation import make_issuer, make_ready, make_short_cohort, open_gates, take_test, teach
from tests.factories.people import make_person
from tests.together import at_once

NAMES = ["Łucja Wrzesień", "Nguyễn Thảo Vy", "محمد الساحلي", "王静怡", "Odalys Brightwater"]


def _request(cohort, administrator, enrollments):
    batch = issuing.start_batch(administrator.id, cohort.id, assess_many([e.id for e in enrollments]))
    db.session.commit()
    return batch


def _items():
    db.session.expire_all()
    return db.session.scalars(select(IssuingItem).order_by(IssuingItem.id)).all()


def _ready_cohort(count=3):
    make_issuer()
    cohort = make_short_cohort()
    enrollments = [make_enrollment(cohort, name) for name in NAMES[:count]]
    teach(cohort, enrollments)
    for enrollment, name in zip(enrollments, NAMES, strict=False):
        open_gates(enrollment, name)
    return cohort, enrollments


def test_the_ready_are_published_with_gapless_serials_and_exact_bytes(app, administrator):
    cohort, enrollments = _ready_cohort(5)
    _request(cohort, administrator, enrollments)
    assert issuing.issue_waiting() == 5
    credentials = db.session.scalars(select(Credential).order_by(Credential.serial)).all()
    assert [c.serial.rsplit("-", 1)[1] for c in credentials] == ["0001", "0002", "0003", "0004", "0005"]
    for credential in credentials:
        assert credential.state is CredentialState.IN_FORCE
        assert storing.get(credential.pdf_file_id).startswith(b"%PDF-1.7")
        proof = json.loads(credential.proof)
        assert proof["credited_minutes"] == proof["required_minutes"] == 105
        assert not any(name in credential.proof for name in NAMES)
    assert check_chain()[1] is None


def test_who_is_not_ready_is_refused_with_the_reasons(app, administrator):
    cohort, [ready] = _ready_cohort(1)
    short = make_enrollment(cohort, "Basil Thorne")
    _request(cohort, administrator, [ready, short])
    issuing.issue_waiting()
    states = {item.enrollment_id: item for item in _items()}
    assert states[ready.id].state is ItemState.PUBLISHED
    assert states[short.id].state is ItemState.REFUSED
    assert "contact_minutes" in json.loads(states[short.id].outcome)
    assert db.session.scalars(select(Credential)).one().enrollment_id == ready.id


def test_asking_twice_issues_once(app, administrator):
    cohort, enrollments = _ready_cohort(2)
    _request(cohort, administrator, enrollments)
    _request(cohort, administrator, enrollments)
    assert issuing.issue_waiting() == 2
    assert len(db.session.scalars(select(Credential)).all()) == 2
    assert sorted(item.state for item in _items()) == ["published", "published", "refused", "refused"]


@pytest.mark.parametrize("dies_in", ["render_certificate", "_publish"])
def test_a_killed_worker_is_resumed_by_another_with_the_same_serial(app, administrator, monkeypatch, dies_in):
    cohort, enrollments = _ready_cohort(1)
    _request(cohort, administrator, enrollments)

    def die(*_arguments):
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(issuing, dies_in, die)
        with pytest.raises(KeyboardInterrupt):
            issuing.issue_waiting()
    db.session.rollback()
    [item] = _items()
    reached = item.state
    assert reached in {ItemState.RESERVED, ItemState.STORED}
    assert issuing.issue_waiting() == 0, "the lease of the dead worker still holds"
    after_the_lease = item.leased_until + issuing.LEASE
    with monkeypatch.context() as later:
        later.setattr(clock, "now", lambda: after_the_lease)
        assert issuing.issue_waiting() == 1
    credential = db.session.scalars(select(Credential)).one()
    assert credential.serial.endswith("0001")
    assert credential.state is CredentialState.IN_FORCE
    assert db.session.scalars(select(SerialCounter)).one().last == 1


def test_a_failure_is_tried_again_and_then_given_up(app, administrator, monkeypatch):
    cohort, enrollments = _ready_cohort(1)
    _request(cohort, administrator, enrollments)

    def fail(_content):
        raise ValueError("no ink")

    monkeypatch.setattr(issuing, "render_certificate", fail)
    for _ in range(issuing.ATTEMPTS):
        assert issuing.issue_waiting() == 0
        [item] = _items()
        item.leased_until = None
        db.session.commit()
    assert _items()[0].state is ItemState.FAILED
    assert db.session.scalars(select(Credential)).one().state is CredentialState.RESERVED
    monkeypatch.undo()
    assert issuing.retry_failed(administrator.id, _items()[0].batch_id) == 1
    db.session.commit()
    assert issuing.issue_waiting() == 1
    assert db.session.scalars(select(Credential)).one().serial.endswith("0001")


def test_a_name_that_no_font_can_draw_takes_no_serial(app, administrator):
    make_issuer()
    cohort = make_short_cohort()
    enrollment = make_ready(cohort, "ᚠᛖᚩᚻ")
    _request(cohort, administrator, [enrollment])
    assert issuing.issue_waiting() == 0
    assert json.loads(_items()[0].outcome) == ["unprintable_name"]
    assert db.session.scalars(select(SerialCounter)).all() == []


def _meanwhile(app, monkeypatch, work):
    """Let `work` be done by somebody else while the certificate is drawn."""
    draw = issuing.render_certificate

    def draw_while_working(content):
        assert not isinstance(refused := at_once(app, work)[0], Exception), refused
        return draw(content)

    monkeypatch.setattr(issuing, "render_certificate", draw_while_working)


def test_who_leaves_while_the_certificate_is_drawn_gets_none(app, administrator, monkeypatch):
    cohort, [leaving] = _ready_cohort(1)
    _request(cohort, administrator, [leaving])
    actor_id, leaving_id = administrator.id, leaving.id
    _meanwhile(app, monkeypatch, lambda: withdraw_enrollment(actor_id, leaving_id, WithdrawalReason.OWN_WISH))
    assert issuing.issue_waiting() == 0
    [item] = _items()
    assert (item.state, json.loads(item.outcome)) == (ItemState.REFUSED, ["enrollment"])
    assert db.session.get_one(Enrollment, leaving_id).status is EnrollmentStatus.WITHDRAWN
    dropped = db.session.scalars(select(Credential)).one()
    assert dropped.state is CredentialState.RESERVED
    assert dropped.ended_at is not None
    assert check_chain()[1] is None


def test_what_was_taken_back_while_it_is_drawn_keeps_its_certificate_from_being_issued(app, administrator, monkeypatch):
    cohort, [enrollment] = _ready_cohort(1)
    _request(cohort, administrator, [enrollment])
    colleague = make_person("Corin Vale", roles=["trainer"], cohort_id=cohort.id)
    actor = Actor(colleague.id, "Corin Vale", colleague.id, frozenset({Role.TRAINER}))
    attempt_id = db.session.scalars(select(AssessmentAttempt.id).filter_by(kind="post_test")).one()
    _meanwhile(app, monkeypatch, lambda: void_attempt(actor, attempt_id, VoidReason.IRREGULARITY))
    assert issuing.issue_waiting() == 0
    assert json.loads(_items()[0].outcome) == ["post_test"]
    [candidate] = graduation_of(cohort.id).candidates
    assert candidate.place is Place.NOT_READY
    monkeypatch.undo()
    take_test(enrollment, 45)
    _request(cohort, administrator, [enrollment])
    assert issuing.issue_waiting() == 1
    assert graduation_of(cohort.id).candidates[0].row.serial.endswith("0002")


def test_a_worker_that_comes_late_does_not_undo_a_revocation(app, administrator, monkeypatch):
    cohort, enrollments = _ready_cohort(1)
    _request(cohort, administrator, enrollments)
    actor_id = administrator.id

    def finish_and_revoke():
        with monkeypatch.context() as later:
            later.setattr(issuing, "render_certificate", draw)
            later.setattr(clock, "now", lambda: after_the_lease)
            assert issuing.issue_waiting() == 1
        credential_id = db.session.scalars(select(Credential.id)).one()
        revoke_credential(actor_id, credential_id, RevocationReason.ISSUED_IN_ERROR)

    draw, after_the_lease = issuing.render_certificate, clock.now() + 2 * issuing.LEASE
    _meanwhile(app, monkeypatch, finish_and_revoke)
    assert issuing.issue_waiting() == 0
    db.session.expire_all()
    assert db.session.scalars(select(Credential)).one().state is CredentialState.REVOKED


def test_a_certificate_bears_the_programs_own_date(app, administrator, monkeypatch):
    cohort, enrollments = _ready_cohort(1)
    settings = replace(app.config["SETTINGS"], time_zone="Pacific/Honolulu")
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    monkeypatch.setattr(clock, "now", lambda: datetime(2027, 1, 1, 9, tzinfo=UTC))
    _request(cohort, administrator, enrollments)
    issuing.issue_waiting()
    credential = db.session.scalars(select(Credential)).one()
    assert (credential.issued_on, credential.serial) == (date(2026, 12, 31), "LCS-2026-0001")


def test_two_workers_at_once_publish_each_certificate_once(app, administrator):
    cohort, enrollments = _ready_cohort(4)
    _request(cohort, administrator, enrollments)
    assert sum(at_once(app, issuing.issue_waiting, issuing.issue_waiting)) == 4
    serials = sorted(db.session.scalars(select(Credential.serial)))
    assert [serial[-4:] for serial in serials] == ["0001", "0002", "0003", "0004"]


def test_no_issuer_no_certificates(app, administrator):
    cohort = make_short_cohort()
    enrollment = make_ready(cohort)
    with pytest.raises(issuing.NoLetterhead):
        _request(cohort, administrator, [enrollment])


def test_nobody_issues_for_their_own_enrollment(app, administrator):
    make_issuer()
    cohort = make_short_cohort()
    enrollment = make_ready(cohort)
    batch = issuing.start_batch(enrollment.person_id, cohort.id, assess_many([enrollment.id]))
    db.session.commit()
    issuing.issue_waiting()
    assert _items()[0].batch_id == batch.id
    assert json.loads(_items()[0].outcome) == ["own_enrollment"]
    assert db.session.scalars(select(Credential)).all() == []
