"""Which surveys open by themselves."""

from advocates.database import db
from advocates.evaluations.models import SurveyPlan


def address(cohort):
    return f"/cohorts/{cohort.id}/survey-plan"


def test_what_is_unticked_opens_no_more(as_trainer, cohort):
    seen = as_trainer.seen(address(cohort))
    response = as_trainer.post_form(address(cohort), {"at_the_end": "y", "seen": seen})
    assert response.status_code == 303
    plan = db.session.get_one(SurveyPlan, cohort.id)
    assert (plan.after_sessions, plan.at_the_end, plan.after_six_months) == (False, True, False)


def test_what_somebody_else_changed_meanwhile_is_shown_first(as_trainer, cohort):
    seen = as_trainer.seen(address(cohort))
    as_trainer.post_form(address(cohort), {"at_the_end": "y", "seen": seen})
    response = as_trainer.post_form(address(cohort), {"after_sessions": "y", "seen": seen})
    assert response.status_code == 409
    assert "somebody else changed this meanwhile" in response.text


def test_strangers_trainees_and_trainers_of_others_are_refused(client, as_trainee, as_another_trainer, cohort):
    got = [each.get(address(cohort)).status_code for each in (client, as_trainee, as_another_trainer)]
    assert got == [303, 403, 404]
    assert as_another_trainer.post_form(address(cohort)).status_code == 404
    assert as_trainee.get(address(cohort)).status_code == 403
