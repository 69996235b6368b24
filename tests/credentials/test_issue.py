"""One person's certificate: see test_issue_cohort for the whole run."""

import uuid

from tests.factories.cohorts import make_enrollment
from tests.factories.graduation import make_short_cohort


def test_an_enrollment_that_does_not_exist_answers_404(as_administrator):
    assert as_administrator.post_form(f"/enrollments/{uuid.uuid4()}/credential").status_code == 404


def test_reading_the_address_is_no_way_to_issue(as_administrator):
    enrollment = make_enrollment(make_short_cohort())
    assert as_administrator.get(f"/enrollments/{enrollment.id}/credential").status_code == 405


def test_the_reasons_link_to_the_graduation_page(as_administrator):
    cohort = make_short_cohort()
    page = as_administrator.post_form(f"/enrollments/{make_enrollment(cohort).id}/credential")
    assert page.status_code == 409
    assert f"/cohorts/{cohort.id}/graduation" in page.text
