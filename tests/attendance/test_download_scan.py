"""The scan of a paper sheet: for those who take attendance there, and nobody else."""

import uuid

from advocates.database import db
from tests.budgets import statements
from tests.factories.attendance import make_sheet
from tests.factories.cohorts import make_cohort
from tests.factories.people import make_person


def address(sheet):
    return f"/paper-sheets/{sheet.id}/scan"


def test_it_is_given_as_it_was_and_runs_in_no_browser(as_trainer, room):
    response = as_trainer.get(address(make_sheet(room.session, room.trainer, b"%PDF-1.7\nsigned")))
    assert response.data == b"%PDF-1.7\nsigned"
    assert response.mimetype == "application/pdf"
    assert response.headers["Content-Disposition"] == "attachment; filename=sign-in-sheet-2026-10-20.pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"


def test_an_administrator_may_see_it(as_administrator, room):
    assert as_administrator.get(address(make_sheet(room.session, room.trainer))).status_code == 200


def test_a_sheet_without_a_scan_and_an_unknown_one_have_none(as_trainer, room):
    assert as_trainer.get(address(make_sheet(room.session, room.trainer, scan=None))).status_code == 404
    assert as_trainer.get(f"/paper-sheets/{uuid.uuid4()}/scan").status_code == 404


def test_strangers_auditors_and_others_are_refused(client, room):
    sheet = make_sheet(room.session, room.trainer)
    assert client.get(address(sheet)).location.startswith("/sign-in")
    for roles, cohort, status in (
        (["trainee"], room.cohort, 403),
        (["auditor"], room.cohort, 403),
        (["trainer"], make_cohort(), 404),
    ):
        client.sign_in(make_person("Nuno Farrow", roles=roles, cohort_id=cohort.id).id)
        assert client.get(address(sheet)).status_code == status
    assert client.post_form(address(sheet)).status_code == 405


def test_it_costs_six_statements(as_trainer, room):
    sheet = make_sheet(room.session, room.trainer)
    db.session.expire_all()
    with statements() as sent:
        as_trainer.get(address(sheet))
    # sign-in 2, the sheet, its session with the cohort, the bytes
    assert len(sent) <= 6
