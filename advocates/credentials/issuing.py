"""Issue certificates: each state is durable before the next begins, so a killed worker's item is resumed by another.

Reserve the serial with exactly what will be printed, render outside any transaction, store the bytes, publish.
"""

import logging
import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import TypeVar

from sqlalchemy import or_, select

from advocates import clock
from advocates.audit.recording import record
from advocates.audit.rules import canonical
from advocates.cohorts.models import Enrollment
from advocates.cohorts.moving import status_change
from advocates.cohorts.rules import EnrollmentStatus
from advocates.credentials.certificate import render_certificate
from advocates.credentials.content import find_letterhead, thaw
from advocates.credentials.eligibility import assess_many
from advocates.credentials.models import (
    Credential,
    CredentialPerson,
    CredentialState,
    IssuingBatch,
    IssuingItem,
    ItemState,
)
from advocates.credentials.reserving import NotReady, reserve
from advocates.credentials.rules import Eligibility
from advocates.database import db, new_id
from advocates.files import storing

LEASE = timedelta(minutes=2)
ATTEMPTS = 5
UNFINISHED = (ItemState.WAITING, ItemState.RESERVED, ItemState.STORED)
Row = TypeVar("Row", Credential, Enrollment)
log = logging.getLogger(__name__)


class NoLetterhead(Exception):
    """The issuer or the signatories are not set up yet."""


def start_batch(actor_id: uuid.UUID, cohort_id: uuid.UUID, verdicts: Mapping[uuid.UUID, Eligibility]) -> IssuingBatch:
    """Ask for the certificates of these enrollments: the ready wait for the worker, the others are refused at once.

    Raises NoLetterhead before an issuer and a signatory are named.
    """
    if find_letterhead() is None:
        raise NoLetterhead
    batch = IssuingBatch(id=new_id(), cohort_id=cohort_id, requested_by=actor_id, requested_at=clock.now())
    db.session.add(batch)
    db.session.flush()
    db.session.add_all(
        IssuingItem(
            batch_id=batch.id,
            enrollment_id=enrollment_id,
            state=ItemState.WAITING if verdict.is_ready else ItemState.REFUSED,
            outcome=None if verdict.is_ready else _shortfall_keys(verdict),
        )
        for enrollment_id, verdict in verdicts.items()
    )
    ready = sum(verdict.is_ready for verdict in verdicts.values())
    record(
        actor_id, "request_credentials", batch=batch.id, cohort=cohort_id, ready=ready, refused=len(verdicts) - ready
    )
    return batch


def retry_failed(actor_id: uuid.UUID, batch_id: uuid.UUID) -> int:
    """Give a batch's failed items back to the worker, each in the state it had reached; returns how many."""
    failed = select(IssuingItem).filter_by(batch_id=batch_id, state=ItemState.FAILED).with_for_update()
    items = db.session.scalars(failed).all()
    for item in items:
        item.state, item.outcome, item.attempts = _reached(item), None, 0
    record(actor_id, "retry_credentials", batch=batch_id, items=len(items))
    return len(items)


def issue_waiting() -> int:
    """The worker's part: finish every item that waits or whose worker died. Returns how many were published."""
    published = 0
    while (item := _lease_next()) is not None:
        try:
            published += _carry_on(item)
        except Exception:
            db.session.rollback()
            log.exception("the certificate of item %s could not be issued", item.id)
            _give_back(item.id)
    return published


def _lease_next() -> IssuingItem | None:
    now = clock.now()
    item = db.session.scalars(
        select(IssuingItem)
        .where(
            IssuingItem.state.in_(UNFINISHED),
            or_(IssuingItem.leased_until.is_(None), IssuingItem.leased_until < now),
        )
        .order_by(IssuingItem.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).one_or_none()
    if item is not None:
        item.attempts += 1
        item.leased_until = now + LEASE
    db.session.commit()
    return item


def _carry_on(item: IssuingItem) -> bool:
    """Take one item through the states it has not reached yet."""
    if item.state is ItemState.WAITING and not _reserve(item):
        return False
    if item.state is ItemState.RESERVED:
        _render_and_store(item)
    return _publish(item)


def _reserve(item: IssuingItem) -> bool:
    batch = db.session.get_one(IssuingBatch, item.batch_id)
    try:
        credential = reserve(batch.requested_by, item.enrollment_id)
    except NotReady as refusal:
        db.session.rollback()
        _finish(item.id, ItemState.REFUSED, canonical(list(refusal.keys)))
        return False
    item.credential_id, item.state = credential.id, ItemState.RESERVED
    db.session.commit()
    return True


def _render_and_store(item: IssuingItem) -> None:
    credential = db.session.get_one(Credential, item.credential_id)
    person = db.session.get_one(CredentialPerson, item.credential_id)
    content = thaw(credential.content, printed_name=person.printed_name, serial=credential.serial, code=credential.code)
    db.session.commit()
    pdf = render_certificate(content)
    stored = storing.put(pdf, "application/pdf")
    credential.pdf_file_id, credential.pdf_sha256 = stored.id, stored.sha256
    item.state = ItemState.STORED
    db.session.commit()


def _publish(item: IssuingItem) -> bool:
    """Put it in force, or drop it when what it stands on was taken back since its serial was reserved."""
    enrollment = _lock(Enrollment, item.enrollment_id)
    credential = _lock(Credential, item.credential_id)
    if credential.state is not CredentialState.RESERVED:
        return False  # a worker whose lease was over had done it
    verdict = assess_many([item.enrollment_id])[item.enrollment_id]
    if not verdict.is_ready:
        _drop(item, credential, verdict)
        return False
    credential.state, credential.published_at = CredentialState.IN_FORCE, clock.now()
    changes = []
    if (before := enrollment.status) is not EnrollmentStatus.COMPLETED:
        enrollment.status, enrollment.status_changed_at = EnrollmentStatus.COMPLETED, clock.now()
        enrollment.reason_code = None
        changes = [status_change(enrollment, before, credential.issued_by)]
    item.state, item.leased_until = ItemState.PUBLISHED, None
    record(
        credential.issued_by,
        "issue_credential",
        rows=changes,
        credential=credential.id,
        enrollment=item.enrollment_id,
        serial=credential.serial,
        proof_sha256=credential.proof_sha256,
        pdf_sha256=credential.pdf_sha256,
    )
    db.session.commit()
    return True


def _drop(item: IssuingItem, credential: Credential, verdict: Eligibility) -> None:
    """Its serial and code are used up, and answer as unknown."""
    credential.ended_at, credential.end_reason_code = clock.now(), "not_ready"
    record(credential.issued_by, "drop_credential", credential=credential.id, enrollment=item.enrollment_id)
    _finish(item.id, ItemState.REFUSED, _shortfall_keys(verdict))


def _lock(kind: type[Row], key: uuid.UUID | None) -> Row:
    """The row as it is now: this worker may have read it before somebody changed it."""
    return db.session.get_one(kind, key, with_for_update=True, populate_existing=True)


def _give_back(item_id: uuid.UUID) -> None:
    """After a failure: free for another try, or failed for a person to look at."""
    item = db.session.get_one(IssuingItem, item_id)
    if item.attempts >= ATTEMPTS:
        _finish(item_id, ItemState.FAILED, canonical(["failed"]))
    else:
        item.leased_until = clock.now() + timedelta(seconds=2**item.attempts)
        db.session.commit()


def _finish(item_id: uuid.UUID, state: ItemState, outcome: str) -> None:
    item = db.session.get_one(IssuingItem, item_id)
    item.state, item.outcome, item.leased_until = state, outcome, None
    db.session.commit()


def _reached(item: IssuingItem) -> ItemState:
    """What is durable of an item tells the state it is in."""
    if item.credential_id is None:
        return ItemState.WAITING
    has_file = db.session.get_one(Credential, item.credential_id).pdf_file_id is not None
    return ItemState.STORED if has_file else ItemState.RESERVED


def _shortfall_keys(verdict: Eligibility) -> str:
    return canonical([requirement.key for requirement in verdict.shortfalls])
