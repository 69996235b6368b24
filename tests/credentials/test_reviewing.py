"""Awards in force that the record no longer supports."""

from advocates.cohorts.models import Enrollment
from advocates.credentials.reviewing import changed_serials
from advocates.database import db
from tests.budgets import statements
from tests.factories.graduation import make_credential, make_ready, make_short_cohort, take_back


def test_only_awards_in_force_with_a_changed_record_are_named(app, award, administrator):
    assert changed_serials() == []
    take_back(db.session.get_one(Enrollment, award.enrollment_id))
    revoked = make_ready(make_short_cohort(), "Basil Thorne")
    make_credential(revoked, administrator, "LCS-2020-0002", "revoked")
    take_back(revoked)
    assert changed_serials() == [award.serial]


def test_the_review_costs_the_same_for_one_and_twelve(app, administrator):
    cohort = make_short_cohort()
    costs = []
    for more in (1, 11):
        for _ in range(more):
            number = db.session.query(Enrollment).count()
            make_credential(make_ready(cohort), administrator, f"LCS-2026-{number:04d}")
        with statements() as sent:
            changed_serials()
        costs.append(len(sent))
    assert costs[0] == costs[1] == 9


def test_the_hours_check_names_them_beside_the_differences_and_passes(app, award):
    take_back(db.session.get_one(Enrollment, award.enrollment_id))
    db.session.remove()
    result = app.test_cli_runner().invoke(args=["hours", "check"])
    assert result.exit_code == 0
    assert result.output.endswith(f", 0 differences\n1 changed since issue: {award.serial}\n")
