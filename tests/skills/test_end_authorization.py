"""An authorization is ended, never deleted; what was signed before stands."""

from advocates.assessments.queries import assessment_facts
from advocates.database import db
from advocates.skills.models import SkillAuthorization
from tests.factories.people import make_person
from tests.factories.skills import authorize_skills, entry_of, see
from tests.skills.conftest import SKILLS


def address(row):
    return f"/skill-authorizations/{row.id}/end"


def test_nobody_signs_by_it_any_more(cohort, enrollment, as_administrator, administrator):
    signer = make_person("Bo Carr", roles=["trainer"], cohort_id=cohort.id)
    row = authorize_skills(cohort, signer)
    see(signer, cohort, SKILLS[0], entry_of(cohort, enrollment, SKILLS[0]))
    assert as_administrator.post_form(address(row)).status_code == 303
    ended = db.session.get_one(SkillAuthorization, row.id, populate_existing=True)
    assert ended.ended_by == administrator.id
    assert see(signer, cohort, SKILLS[1], entry_of(cohort, enrollment, SKILLS[1])).refused
    assert len(assessment_facts([enrollment.id])[enrollment.id].signed_skills) == 1
    assert as_administrator.post_form(address(row)).status_code == 409


def test_others_are_refused(cohort, client, trainer, as_trainer, as_administrator):
    row = authorize_skills(cohort, trainer)
    assert client.post_form(address(row)).location.startswith("/sign-in")
    assert as_trainer.post_form(address(row)).status_code == 403
    assert as_administrator.get(address(row)).status_code == 405
    assert db.session.get_one(SkillAuthorization, row.id, populate_existing=True).ended_at is None
