"""Opening a survey: whom it asks, once, and until when."""

from datetime import date, timedelta

from sqlalchemy import select

from advocates import clock
from advocates.audit.models import AuditEvent
from advocates.cohorts.models import Enrollment
from advocates.database import db
from advocates.evaluations.models import SurveyForm, SurveyInvitation, SurveyRound
from advocates.evaluations.opening import About, AskedAlready, open_round
from advocates.evaluations.rules import SHIPPED, SurveyKind, questions_from_json
from tests.factories.cohorts import make_enrollment
from tests.factories.evaluations import be_present
from tests.factories.people import make_person
from tests.factories.schedule import make_session
from tests.together import at_once


def address(cohort):
    return f"/cohorts/{cohort.id}/surveys/new"


def asked_people():
    db.session.remove()
    return set(db.session.scalars(select(SurveyInvitation.person_id)))


def test_the_end_asks_whoever_is_in_training(as_trainer, cohort):
    wen, done = make_enrollment(cohort, "Wen Harlow"), make_enrollment(cohort, "Bo Carr", status="completed")
    make_enrollment(cohort, "Ann", status="withdrawn")
    make_enrollment(cohort, "Cy", status="waitlisted")
    assert "At the end of the training" in as_trainer.get(address(cohort)).text
    response = as_trainer.post_form(address(cohort), {"about": "end"})
    assert response.status_code == 303
    assert asked_people() == {wen.person_id, done.person_id}
    round_ = db.session.scalars(select(SurveyRound)).one()
    assert (round_.invited, round_.answered, round_.closed_at) == (2, 0, None)
    form = db.session.get_one(SurveyForm, round_.form_id)
    assert questions_from_json(form.questions) == SHIPPED[SurveyKind.END]
    assert db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.seq.desc())).first() == "open_survey"


def test_after_a_session_whoever_was_present_is_asked(as_trainer, cohort):
    session = make_session(cohort, date(2026, 10, 6))
    here, absent = make_enrollment(cohort, "Wen Harlow"), make_enrollment(cohort, "Bo Carr")
    make_enrollment(cohort, "Unmarked")
    trainer = make_person("Gita Moor")
    be_present(session, [here], trainer)
    be_present(session, [absent], trainer, outcome="absent")
    assert "Session of Tuesday, October 6, 2026" in as_trainer.get(address(cohort)).text
    assert as_trainer.post_form(address(cohort), {"about": str(session.id)}).status_code == 303
    assert asked_people() == {here.person_id}
    assert "Session of Tuesday, October 6, 2026" not in as_trainer.get(address(cohort)).text


def test_six_months_later_graduates_are_asked_and_supervisors_one_by_one(as_trainer, cohort):
    make_enrollment(cohort, "Wen Harlow")
    graduate = make_enrollment(cohort, "Bo Carr", status="completed")
    assert as_trainer.post_form(address(cohort), {"about": "follow_up_graduate"}).status_code == 303
    assert as_trainer.post_form(address(cohort), {"about": "follow_up_supervisor"}).status_code == 303
    assert asked_people() == {graduate.person_id}


def test_bad_input_is_refused_and_kept(as_trainer, cohort):
    make_enrollment(cohort)
    past = (clock.today() - timedelta(days=2)).isoformat()
    for fields, said in (
        ({}, "Choose what to ask about."),
        ({"about": "anything"}, "Not a valid choice"),
        ({"about": "end", "closes_on": past}, "Choose a day from today on"),
        ({"about": "follow_up_graduate"}, "Nobody of this cohort has completed"),
    ):
        response = as_trainer.post_form(address(cohort), fields)
        assert response.status_code == 422, fields
        assert said in response.text
        assert fields.get("closes_on", "") in response.text
    assert asked_people() == set()


def test_nothing_is_asked_twice(app, as_trainer, cohort):
    make_enrollment(cohort)
    about, cohort_id = About(SurveyKind.END), cohort.id
    got = at_once(app, *[lambda: open_round(None, cohort_id, about).invited] * 2)
    assert sorted(map(str, got)) == sorted(["1", str(AskedAlready())])
    assert as_trainer.post_form(address(cohort), {"about": "end"}).status_code == 422
    assert db.session.query(SurveyRound).count() == 1
    assert db.session.query(Enrollment).count() == 1


def test_strangers_trainees_and_trainers_of_others_are_refused(client, as_trainee, as_another_trainer, cohort):
    make_enrollment(cohort)
    for each, status in ((client, 303), (as_trainee, 403), (as_another_trainer, 404)):
        assert each.get(address(cohort)).status_code == status
        assert each.post_form(address(cohort), {"about": "end"}).status_code in {status, 400}
    assert asked_people() == set()
    assert as_another_trainer.put(address(cohort)).status_code in {400, 405}
