"""Whoever is marked present, waits for confirmation or is not marked yet is never warned of an absence."""

import pytest
from sqlalchemy import select

from advocates.attendance.correcting import correct_mark
from advocates.attendance.rules import CorrectionReason, Outcome, Typed
from advocates.database import db
from advocates.messages.models import MailKind, OutboxMessage
from tests.factories.attendance import make_mark, make_signed_off
from tests.overview.conftest import SECOND, words_on

ALARMS = ("make-up", "can no longer", "missed", "at risk", "no way known", "absent", "not here", "no place yet")


@pytest.mark.parametrize("state", ["unmarked", "marked", "signed off", "ended early", "corrected", "both held"])
def test_no_page_warns_them(course, time, see, state):
    time.set("19:00")
    if state == "marked":
        make_mark(course.first, course.trainee, course.trainer)
    if state in {"signed off", "both held"}:
        make_signed_off(course.first, course.trainer)
    if state == "ended early":
        # What was not taught is the program's to schedule, nobody's absence.
        make_signed_off(course.first, course.trainer, ended="6:10 pm")
    if state == "corrected":
        make_signed_off(course.first, course.trainer, absent=[course.trainee])
        reason = CorrectionReason.TYPED_WRONG
        correct_mark(course.trainer.id, course.first.id, course.trainee.id, 1, Typed(Outcome.PRESENT), reason)
        db.session.commit()
    if state == "both held":
        time.set("19:00", SECOND)
        make_mark(course.second, course.trainee, course.trainer)
    for address in ("/", f"/enrollments/{course.trainee.id}/ways"):
        words = words_on(see(course.trainee, address)).lower()
        words = words.replace("what you miss can be made up", "")
        assert not [alarm for alarm in ALARMS if alarm in words], (state, address)
    forecast = words_on(see(course.trainer, f"/cohorts/{course.cohort.id}/forecast"))
    assert "1 person on track" in forecast
    assert "Who needs a make-up" not in see(course.trainer)


def test_nothing_about_attendance_is_ever_sent_by_mail(course, time):
    """Present or not: marks, a sign-off and a correction queue no mail, and no kind of mail is about them."""
    before = db.session.scalars(select(OutboxMessage.id)).all()
    time.set("19:00")
    make_signed_off(course.first, course.trainer, absent=[course.trainee])
    reason = CorrectionReason.TYPED_WRONG
    correct_mark(course.trainer.id, course.first.id, course.trainee.id, 1, Typed(Outcome.PRESENT), reason)
    db.session.commit()
    assert db.session.scalars(select(OutboxMessage.id)).all() == before
    assert not [kind for kind in MailKind if "absen" in kind or "attend" in kind or "miss" in kind]
