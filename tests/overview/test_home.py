"""The first screen: the trainee's answer, the trainer's day, what waits for an administrator, an auditor's cohorts."""

from datetime import date, timedelta

import pytest

from advocates import clock
from advocates.access import Role
from advocates.attendance.models import MakeUp, MakeUpRoute
from advocates.cohorts.models import Cohort, Enrollment
from advocates.cohorts.queries import open_placement_cohort_id
from advocates.cohorts.rules import EnrollmentStatus
from advocates.credentials.models import Waiver
from advocates.curriculum.models import VersionModule
from advocates.database import db
from advocates.messages.models import MessageState, OutboxMessage
from advocates.schedule.models import TrainingSession
from tests.budgets import statements
from tests.factories.attendance import make_mark, make_signed_off
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.curriculum import make_version
from tests.factories.graduation import confirm_name, make_credential, make_issuer, make_ready, open_gates, take_test
from tests.factories.people import grant_role, make_person
from tests.factories.schedule import make_session
from tests.overview.conftest import FIRST, SECOND, figures_on, words_on


def module_of(course, position):
    return db.session.query(VersionModule).filter_by(version_id=course.cohort.curriculum_version_id, position=position)


def propose(course, minutes, by):
    """A proposal as a row: the activity asks for more than a short course has."""
    make_up = MakeUp(
        enrollment_id=course.trainee.id,
        module_id=module_of(course, 0).one().module_id,
        from_minute=minutes[0],
        to_minute=minutes[1],
        route=MakeUpRoute.EQUIVALENT_ACTIVITY,
        done_on=SECOND,
        evidence="Conversation about the module",
        proposed_by=by.id,
        proposed_at=clock.now(),
    )
    db.session.add(make_up)
    db.session.commit()


def test_a_stranger_is_sent_to_sign_in(client):
    assert client.get("/").location.startswith("/sign-in")


def test_somebody_without_a_role_is_told_so(see):
    assert "You have no role in the program" in see(make_person("Nobody Yet"))


def test_a_trainee_before_the_first_session_sees_the_whole_requirement_ahead(course, see):
    page = see(course.trainee)
    assert figures_on(page) == {"credited": 0, "awaiting": 0, "possible": 105, "required": 105}
    assert "You have 0 h 00 min of 1 h 45 min. 1 h 45 min can still be earned in this cohort." in words_on(page)
    assert "can no longer" not in page


def test_half_of_the_sessions_is_never_everything(course, time, see):
    time.set("19:00")
    make_signed_off(course.first, course.trainer)
    page = see(course.trainee)
    assert figures_on(page) == {"credited": 60, "awaiting": 0, "possible": 45, "required": 105}
    assert "100 %" not in page
    assert "100%" not in page


def test_marked_minutes_await_confirmation_until_sign_off(course, time, see):
    time.set("19:00")
    make_mark(course.first, course.trainee, course.trainer, left="6:00 pm")
    page = see(course.trainee)
    assert figures_on(page) == {"credited": 0, "awaiting": 30, "possible": 45, "missed": 30, "required": 105}
    assert "0 h 30 min awaits confirmation." in words_on(page)


def test_the_moment_completion_is_out_of_reach_here_the_page_says_so_and_what_fixes_it(course, time, see):
    time.set("19:00")
    make_mark(course.first, course.trainee, course.trainer, arrived="5:50 pm")
    make_signed_off(course.first, course.trainer)
    page = see(course.trainee)
    assert figures_on(page) == {"credited": 40, "awaiting": 0, "possible": 45, "missed": 20, "required": 105}
    words = words_on(page)
    assert "0 h 20 min has no place yet: ask your trainer about a make-up." in words
    assert "This cohort's sessions alone can no longer complete the hours" in words
    assert "A make-up may fix it:" in words
    assert "one-to-one with a trainer" in words


def test_a_session_without_marks_is_neither_earned_nor_lost(course, time, see):
    time.set("19:00")
    page = see(course.trainee)
    assert figures_on(page) == {"credited": 0, "awaiting": 0, "unconfirmed": 60, "possible": 45, "required": 105}
    assert "1 h 00 min was taught, and attendance is not recorded yet." in words_on(page)
    assert "can no longer" not in page


def test_what_nobody_has_scheduled_yet_alarms_nobody(course, see):
    db.session.get_one(TrainingSession, course.second.id).cancelled_at = clock.now()
    db.session.commit()
    page = see(course.trainee)
    assert figures_on(page) == {"credited": 0, "awaiting": 0, "possible": 60, "unplanned": 45, "required": 105}
    assert "0 h 45 min is not scheduled yet." in words_on(page)
    assert "can no longer" not in page


@pytest.mark.parametrize(
    "situation", ["nothing", "unmarked", "marked", "late", "left early", "absent", "all", "not signed off"]
)
def test_the_figures_add_up_to_what_is_required(course, time, situation, see):
    time.set("19:00", SECOND if situation in {"all", "not signed off"} else FIRST)
    typed = {"late": {"arrived": "5:47 pm"}, "left early": {"left": "6:01 pm"}}.get(situation, {})
    if situation not in {"nothing", "unmarked"}:
        outcome = "absent" if situation in {"absent", "not signed off"} else "present"
        make_mark(course.first, course.trainee, course.trainer, outcome, **typed)
    if situation in {"late", "left early", "absent", "all"}:
        make_signed_off(course.first, course.trainer)
    if situation == "all":
        make_signed_off(course.second, course.trainer)
    if situation == "nothing":
        time.set("08:00")
    figures = figures_on(see(course.trainee))
    required = figures.pop("required")
    assert sum(figures.values()) == required == 105
    record = figures_on(see(course.trainee, f"/enrollments/{course.trainee.id}"))
    assert record == {**figures, "required": 105}


def test_each_missing_module_says_where_it_can_be_earned(course, time, see):
    time.set("19:00")
    make_signed_off(course.first, course.trainer, absent=[course.trainee])
    words = words_on(see(course.trainee))
    first, second = (module_of(course, position).one().title for position in (0, 1))
    assert f"{first} 0 h 00 min of 1 h 00 min 1 h 00 min 1 h 00 min: ask your trainer about a make-up" in words
    assert f"{second} 0 h 00 min of 0 h 45 min 0 h 45 min 0 h 45 min to come, next on Oct 22, 2026" in words


def test_the_next_session_is_shown_in_its_own_zone_with_what_to_know_beforehand(course, see):
    enrollment = make_enrollment(make_cohort(), "Noor Vale")
    cohort = db.session.get_one(Cohort, open_placement_cohort_id(enrollment.id))
    make_session(cohort, FIRST, "17:30", [(2, 0, 50), (None, 0, 10), (2, 50, 60)])
    words = words_on(see(enrollment))
    assert "Tuesday, October 20, 2026 5:30 PM – 7:30 PM CDT" in words
    assert "Malcolm X College, room 1104" in words
    assert "Impact of trauma from violent crime 1 h 50 min" in words
    assert "Describes reactions to violence in detail. You may step out whenever you need to. Nobody asks why" in words


def test_what_to_do_is_told_step_by_step(course, see):
    words = words_on(see(course.trainee))
    assert "To do Read and sign your agreements : code of ethics, confidentiality" in words
    assert "To do Confirm your name as the certificate prints it" in words
    assert "To do Take the post-test: 35 of 50 right answers pass." in words
    assert "0 of 6 signed" in words
    take_test(course.trainee, 31)
    confirm_name(course.trainee)
    words = words_on(see(course.trainee))
    assert "best so far 31 of 50, 35 pass. 2 attempts left." in words
    assert "Done Certificate name confirmed" in words


def test_a_waived_step_is_told_as_waived(course, administrator, see):
    values = {"reason_code": "late_enrollment", "proposed_at": clock.now(), "state": "approved"}
    waiver = Waiver(enrollment_id=course.trainee.id, requirement="pre_test", proposed_by=course.trainer.id, **values)
    waiver.approved_by = administrator.id
    db.session.add(waiver)
    db.session.commit()
    assert "Waived Pre-test" in words_on(see(course.trainee))


def test_whoever_meets_everything_is_told_what_happens_next(course, administrator, see):
    enrollment = make_ready(course.cohort, "Noor Vale")
    assert "You have met every requirement." in see(enrollment)
    credential = make_credential(enrollment, administrator)
    page = see(enrollment)
    assert "Your certificate is issued." in page
    assert f"/credentials/{credential.id}/certificate.pdf" in page


def test_after_a_revocation_nothing_is_promised(course, administrator, see):
    enrollment = make_ready(course.cohort, "Noor Vale")
    revoked = make_credential(enrollment, administrator, state="revoked")
    page = see(enrollment)
    assert "Your certificate was revoked and is no longer in force." in page
    assert f'href="/credentials/{revoked.id}"' in page
    assert "issues your certificate next" not in page
    record = see(administrator, f"/enrollments/{enrollment.id}")
    assert "The certificate was revoked and is no longer in force." in record
    make_credential(enrollment, administrator, "LCS-2026-0002")
    page = see(enrollment)
    assert "Your certificate is issued." in page
    assert "revoked" not in page


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("applied", "Your application is with the program."),
        ("waitlisted", "on the waitlist"),
        ("withdrawn", "has ended"),
    ],
)
def test_whoever_is_not_in_training_is_told_where_they_stand(course, status, said, see):
    enrollment = make_enrollment(course.cohort, "Noor Vale", status=status)
    page = see(enrollment)
    assert said in page
    assert not figures_on(page)


def test_a_trainee_without_an_enrollment_is_told_what_will_happen(see):
    assert "You are not enrolled in a cohort yet." in see(make_person("Noor Vale", roles=["trainee"]))


@pytest.mark.parametrize("sessions", [0, 1, 20])
def test_a_trainees_home_takes_nine_statements(course, time, app, sessions):
    for number in range(sessions):
        make_session(
            course.cohort, FIRST + timedelta(days=7 + number), "09:00", [(0, 0, 60), (None, 0, 10), (1, 0, 45)]
        )
    time.set("19:00")
    make_signed_off(course.first, course.trainer)
    open_gates(course.trainee)
    client = app.test_client().sign_in(course.trainee.person_id)
    with statements() as sent:
        assert client.get("/").status_code == 200
    # The sign-in; then the enrollment, the version, three of assessments, the ledger, sessions and their agendas,
    # and open surveys.
    assert len(sent) == 1 + 9


def test_a_trainer_finds_todays_register_at_once(course, see):
    page = see(course.trainer)
    assert (
        f'<a class="usa-button usa-button--big" href="/sessions/{course.first.id}/attendance">Take attendance' in page
    )
    assert "Awaiting sign-off" not in page


def test_a_trainer_sees_what_waits_for_sign_off_and_who_needs_a_make_up(course, time, see):
    time.set("12:00", SECOND)
    words = words_on(see(course.trainer))
    assert "Awaiting sign-off" in words
    assert "Who needs a make-up" not in words
    make_signed_off(course.first, course.trainer, absent=[course.trainee])
    words = words_on(see(course.trainer))
    assert "Awaiting sign-off" not in words
    assert "Łucja Wiśniewska Fall 2026 1 h 00 min without a session Propose a make-up" in words


def test_make_ups_wait_for_somebody_other_than_their_proposer(course, see):
    propose(course, (0, 20), course.trainer)
    assert "1 waits for somebody else" in see(course.trainer)
    other = make_person("Rosa Ebel", roles=["trainer"], cohort_id=course.cohort.id)
    assert "1 make-up waits for your decision" in see(other)


def test_a_trainer_sees_only_their_own_cohorts(course, see):
    elsewhere = make_cohort(title="Another cohort")
    make_session(elsewhere, FIRST)
    assert "Another cohort" not in see(course.trainer)
    assert "No cohort is assigned to you yet." in see(make_person("Rosa Ebel", roles=["trainer"]))


def test_a_new_system_leads_through_four_first_steps(see, administrator):
    words = words_on(see(administrator))
    assert "Four first steps To do Import a curriculum and publish it To do Name the issuer" in words
    make_version()
    make_issuer()
    words = words_on(see(administrator))
    assert "Done Import a curriculum and publish it Done Name the issuer" in words
    assert "To do Create a cohort" in words


def test_an_administrator_sees_what_needs_attention(course, time, see, administrator):
    make_issuer()
    words = words_on(see(administrator))
    assert "What needs attention Nothing waits for you." in words
    time.set("12:00", SECOND)
    make_cohort(title="Spring 2027", ends_on=date(2027, 5, 1))
    make_enrollment(course.cohort, "Noor Vale", status="applied")
    propose(course, (0, 20), course.trainer)
    values = {"enrollment_id": course.trainee.id, "requirement": "pre_test", "reason_code": "late_enrollment"}
    db.session.add(Waiver(**values, proposed_by=course.trainer.id, proposed_at=clock.now()))
    mail = {"address": "a@example.org", "subject": "Hello", "body": "", "created_at": clock.now()}
    db.session.add(OutboxMessage(**mail, state=MessageState.FAILED))
    db.session.commit()
    words = words_on(see(administrator))
    assert "1 application for Fall 2026" in words
    assert "1 make-up waits for a decision" in words
    assert "1 waiver waits for a decision in Fall 2026" in words
    assert "40 h 00 min of the curriculum not scheduled in Spring 2027" in words
    assert "1 mail could not be sent." in words
    assert "1 session is over and not signed off" in words


def test_an_auditor_finds_the_graduation_pages_of_their_cohorts(course, see):
    make_cohort(title="Another cohort")
    auditor = make_person("Ida Holm", roles=["auditor"], cohort_id=course.cohort.id)
    page = see(auditor)
    assert f"/cohorts/{course.cohort.id}/graduation" in page
    assert "Another cohort" not in page


def test_several_roles_are_shown_one_after_another(course, see):
    person = course.trainer
    grant_role(person, Role.ADMINISTRATOR)
    grant_role(person, Role.AUDITOR, course.cohort.id)
    grant_role(person, Role.TRAINEE)
    db.session.commit()
    words = words_on(see(person))
    own, trainer = words.index("You are not enrolled"), words.index("Your cohorts today")
    assert own < trainer < words.index("Four first steps") < words.index("Cohorts open to you for review")


@pytest.mark.parametrize("many", [1, 3, 12])
def test_staff_pages_cost_the_same_however_much_there_is(course, administrator, time, app, many):
    for number in range(many):
        make_enrollment(course.cohort, f"Person {number:02}")
        make_session(course.cohort, FIRST + timedelta(days=number + 7), "09:00")
    time.set("19:00")
    make_signed_off(course.first, course.trainer, absent=[course.trainee])
    for person, most in ((course.trainer, 11), (administrator, 10)):
        client = app.test_client().sign_in(person.id)
        with statements() as sent:
            assert client.get("/").status_code == 200
        assert len(sent) == 1 + most


def test_a_completed_enrollment_stands_behind_one_in_training(course, see):
    done = make_ready(course.cohort, "Noor Vale")
    db.session.get_one(Enrollment, done.id).status = EnrollmentStatus.COMPLETED
    db.session.commit()
    again = make_enrollment(
        make_cohort(title="Refresher"), person=db.session.get_one(type(course.trainer), done.person_id)
    )
    words = words_on(see(again))
    assert words.index("Refresher") < words.index("Fall 2026")
