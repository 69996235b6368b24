"""One enrollment's record: what its person, the staff of its cohort and an auditor each see."""

import re
import uuid

import pytest

from advocates import clock
from advocates.attendance.correcting import correct_mark
from advocates.attendance.crediting import recredit
from advocates.attendance.models import MakeUp, MakeUpRoute, MakeUpState
from advocates.attendance.rules import CorrectionReason, Outcome, Typed
from advocates.audit.recording import record
from advocates.credentials.models import Waiver
from advocates.curriculum.models import VersionModule
from advocates.database import db
from advocates.schedule.models import TrainingSession
from tests.budgets import statements
from tests.factories.attendance import make_mark, make_signed_off
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.graduation import make_credential, make_ready, make_short_cohort, take_test
from tests.factories.people import grant_role, make_person
from tests.factories.schedule import make_session
from tests.overview.conftest import FIRST, SECOND, figures_on, words_on


@pytest.fixture
def address(course):
    return f"/enrollments/{course.trainee.id}"


@pytest.fixture
def auditor(course):
    return make_person("Ida Holm", roles=["auditor"], cohort_id=course.cohort.id)


def leave_early(course, time):
    """The trainee leaves the first session 20 minutes before its end; it is signed off."""
    time.set("19:00")
    make_mark(course.first, course.trainee, course.trainer, left="6:10 pm")
    make_signed_off(course.first, course.trainer)


def make_up(course, by, minutes=(40, 60)):
    """An approved equivalent activity for a slice of the first module."""
    module = db.session.query(VersionModule).filter_by(version_id=course.cohort.curriculum_version_id, position=0).one()
    row = MakeUp(
        enrollment_id=course.trainee.id,
        module_id=module.module_id,
        from_minute=minutes[0],
        to_minute=minutes[1],
        route=MakeUpRoute.EQUIVALENT_ACTIVITY,
        done_on=SECOND,
        evidence="Conversation about the module",
        proposed_by=course.trainer.id,
        proposed_at=clock.now(),
        approved_by=by.id,
        decided_at=clock.now(),
        state=MakeUpState.APPROVED,
    )
    db.session.add(row)
    entries = recredit(by.id, [course.trainee.id], "make_up_approved")
    record(by.id, "approve_make_up", rows=entries, make_up_id=row.id)
    db.session.commit()


def correct(course):
    """A trainer corrects the first session's mark: the trainee stayed throughout."""
    session = db.session.get_one(TrainingSession, course.first.id)
    correct_mark(
        course.trainer.id,
        session.id,
        course.trainee.id,
        1,
        Typed(Outcome.PRESENT),
        CorrectionReason.PAPER_SAYS_OTHERWISE,
    )
    db.session.commit()


def test_a_trainee_reads_their_own_record(course, time, see, address):
    leave_early(course, time)
    page = see(course.trainee, address)
    words = words_on(page)
    assert figures_on(page) == {"credited": 40, "awaiting": 0, "possible": 45, "missed": 20, "required": 105}
    assert "0 h 40 min of 1 h 00 min 0 h 20 min 40 to 60 0 h 20 min: ask your trainer about a make-up" in words
    assert "Oct 20, 2026 Orientation, the advocate's role and group agreements 0 to 40 Credited 0 h 40 min" in words
    assert "Skill: Listens reflectively Open" in words
    assert "Propose" not in page
    assert "Withdraw" not in page


def test_staff_see_the_same_figures_with_what_they_can_do(course, time, see, address):
    leave_early(course, time)
    page = see(course.trainer, address)
    assert figures_on(page) == figures_on(see(course.trainee, address))
    assert f"{address}/make-ups" in page
    assert f"{address}/waivers" in page
    assert f"/sessions/{course.first.id}/attendance/{course.trainee.id}" in page
    assert "Bertil Oakes" in page
    assert f"{address}/withdraw" not in page


def test_an_administrator_can_also_withdraw_and_issue(course, see, address, administrator):
    assert f"{address}/withdraw" in see(administrator, address)
    ready = make_ready(course.cohort, "Noor Vale")
    page = see(administrator, f"/enrollments/{ready.id}")
    assert f'action="/enrollments/{ready.id}/credential"' in page
    make_credential(ready, administrator)
    page = see(administrator, f"/enrollments/{ready.id}")
    assert f'action="/enrollments/{ready.id}/credential"' not in page
    assert "A certificate is issued and in force." in page


def test_an_auditor_sees_minutes_and_never_slices(course, time, see, address, auditor):
    leave_early(course, time)
    page = see(auditor, address)
    words = words_on(page)
    assert figures_on(page)["credited"] == 40
    assert "0 h 40 min of 1 h 00 min 0 h 20 min" in words
    assert not re.search(r"\d+ to \d+", words)
    assert "Propose" not in page
    assert "/sessions/" not in page


def test_a_make_up_is_a_row_like_any_other_but_for_staff(course, time, see, address, auditor, administrator):
    leave_early(course, time)
    make_up(course, administrator)
    for reader in (course.trainee, auditor):
        page = see(reader, address)
        assert figures_on(page)["credited"] == 60
        assert "Oct 22, 2026" in page
        text = words_on(page).partition("Entry by entry")[2].lower()
        assert "make-up" not in text
        assert "equivalent" not in text
    assert "equivalent activity" in see(course.trainer, address)


def test_a_correction_is_shown_as_taken_back_and_posted_anew(course, time, see, address):
    leave_early(course, time)
    correct(course)
    words = words_on(see(course.trainee, address))
    title = "Orientation, the advocate's role and group agreements"
    assert f"Oct 20, 2026 {title} 0 to 40 Taken back since 0 h 40 min" in words
    assert f"{title} 0 to 40 Correction: taken back −0 h 40 min" in words
    assert f"{title} 0 to 60 Credited 1 h 00 min" in words
    assert "Sum of all entries 1 h 00 min" in words


def test_gates_are_shown_with_their_state(course, see, address, administrator):
    take_test(course.trainee, 31)
    values = {"enrollment_id": course.trainee.id, "reason_code": "late_enrollment", "proposed_by": course.trainer.id}
    decided = {"approved_by": administrator.id, "proposed_at": clock.now(), "state": "approved"}
    db.session.add(Waiver(requirement="pre_test", **values, **decided))
    db.session.commit()
    words = words_on(see(course.trainer, address))
    assert "Post-test Open best 31 of 50, 35 pass; 2 attempts left" in words
    assert "Pre-test Waived" in words
    assert "Pre-test: waiver proposed by Bertil Oakes, approved by Ada Quill." in words
    assert "Bertil Oakes" not in see(course.trainee, address)


def test_least_minutes_in_person_are_told(see, app):
    enrollment = make_enrollment(make_cohort(), "Noor Vale")
    words = words_on(see(enrollment, f"/enrollments/{enrollment.id}"))
    assert "Hours in person Open 0 h 00 min; at least 20 h 00 min are needed" in words


def test_nobody_acts_for_their_own_enrollment(course, see):
    person = course.trainer
    grant_role(person, "trainee")
    own = make_enrollment(course.cohort, person=person)
    page = see(person, f"/enrollments/{own.id}")
    assert "My record" in page
    assert "Propose" not in page


def test_a_withdrawn_person_keeps_the_record(course, see, administrator):
    gone = make_enrollment(course.cohort, "Noor Vale", status="withdrawn")
    page = see(administrator, f"/enrollments/{gone.id}")
    assert "Enrollment in training Open" in words_on(page)
    assert "can no longer complete" not in page


def test_a_stranger_is_sent_to_sign_in(client, address):
    assert client.get(address).location.startswith("/sign-in")


def test_somebody_without_a_role_is_refused(app, address):
    assert app.test_client().sign_in(make_person("Nobody Yet").id).get(address).status_code == 403


@pytest.mark.parametrize("role", ["trainee", "trainer", "auditor"])
def test_anothers_enrollment_looks_like_a_missing_one(course, app, address, role):
    other = make_short_cohort(title="Another cohort")
    client = app.test_client().sign_in(make_person("Somebody Else", roles=[role], cohort_id=other.id).id)
    assert client.get(address).status_code == 404
    assert client.get(f"/enrollments/{uuid.uuid4()}").status_code == 404


def test_the_record_is_only_read(app, course, address):
    client = app.test_client().sign_in(course.trainee.person_id)
    assert client.post_form(address).status_code == 405


@pytest.mark.parametrize("sessions", [1, 3, 20])
def test_a_record_takes_twelve_statements(course, time, app, address, sessions):
    for number in range(sessions):
        session = make_session(course.cohort, FIRST, f"{number:02}:10", [(0, number, 10), (1, number, 10)])
        time.set("23:30")
        make_signed_off(session, course.trainer)
    client = app.test_client().sign_in(course.trainer.id)
    with statements() as sent:
        assert client.get(address).status_code == 200
    # The sign-in; the enrollment in scope, nine of its progress (see test_home), waivers, skills seen, changes of its
    # status.
    assert len(sent) == 1 + 13
