"""How far a run has come, as data: see test_issue_cohort for its content."""

import uuid


def test_a_run_that_does_not_exist_answers_404(as_administrator):
    assert as_administrator.get(f"/issuing/{uuid.uuid4()}/progress").status_code == 404
