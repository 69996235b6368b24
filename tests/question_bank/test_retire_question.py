"""A retired question is drawn no more and comes back whole."""

from sqlalchemy import select

from advocates.audit.models import AuditEvent
from advocates.database import db
from advocates.question_bank.queries import find_question
from tests.factories.question_bank import make_question


def actions():
    return list(db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.seq)))


def test_it_is_retired_once(as_trainer, version, administrator):
    stored = make_question(version, administrator)
    for _ in range(2):
        assert as_trainer.post_form(f"/questions/{stored.row.id}/retire").status_code == 303
    assert find_question(stored.row.id).row.retired_at is not None
    assert actions()[-1] == "retire_question"
    assert actions().count("retire_question") == 1
    assert "This question is retired" in as_trainer.get(f"/questions/{stored.row.id}").text


def test_who_may_not(client, as_other_trainer, version, administrator):
    stored = make_question(version, administrator)
    assert client.post_form(f"/questions/{stored.row.id}/retire").status_code == 303
    assert as_other_trainer.post_form(f"/questions/{stored.row.id}/retire").status_code == 404
    assert as_other_trainer.get(f"/questions/{stored.row.id}/retire").status_code == 405
    assert find_question(stored.row.id).row.retired_at is None
