"""What was seen stands in the person's record: the next try and what it is about, never as a failure."""

from datetime import date

from sqlalchemy import select

from advocates.assessments.models import SkillSignOff
from advocates.assessments.rules import VoidReason
from advocates.assessments.voiding import void_sign_off
from advocates.database import db
from tests.factories.people import make_person
from tests.factories.skills import actor_of, entry_of, see
from tests.skills.conftest import SKILLS


def test_the_trainee_reads_when_the_next_try_is_and_what_it_is_about(cohort, trainer, enrollment, as_trainee):
    again = entry_of(cohort, enrollment, SKILLS[0], "not_yet", met={0, 1, 2}, next_try_on=date(2099, 12, 3))
    see(trainer, cohort, SKILLS[0], again)
    page = as_trainee.get(f"/enrollments/{enrollment.id}").text
    assert "another try on Dec 3, 2099" in page
    assert "Says that the person may stop or take a break at any time" in page
    assert "Gives their own name" not in page
    assert "Rosa Ebel" in page
    assert "fail" not in page.lower()


def test_staff_read_every_observation_and_what_was_taken_back(cohort, trainer, enrollment, as_trainer):
    see(trainer, cohort, SKILLS[0], entry_of(cohort, enrollment, SKILLS[0]))
    void_sign_off(actor_of(trainer), db.session.scalars(select(SkillSignOff.id)).one(), VoidReason.NOT_OBSERVED)
    db.session.commit()
    page = as_trainer.get(f"/enrollments/{enrollment.id}").text
    assert "it will be seen again" in page
    assert "taken back" in page
    assert "rubric, edition 1" in page


def test_auditors_do_not_read_tries(cohort, trainer, enrollment, sign_in):
    see(trainer, cohort, SKILLS[0], entry_of(cohort, enrollment, SKILLS[0], "not_yet"))
    auditor = make_person("Sunniva Castellane", roles=["auditor"], cohort_id=cohort.id)
    assert "another try" not in sign_in(auditor.id).get(f"/enrollments/{enrollment.id}").text
