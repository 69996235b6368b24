"""A question that was retired comes back."""

from advocates.database import db
from advocates.question_bank.editing import retire_question
from advocates.question_bank.queries import find_question
from tests.factories.question_bank import make_question


def test_it_comes_back(as_trainer, version, administrator):
    stored = make_question(version, administrator)
    retire_question(administrator.id, stored.row.id)
    db.session.commit()
    for _ in range(2):
        assert as_trainer.post_form(f"/questions/{stored.row.id}/bring-back").status_code == 303
    assert find_question(stored.row.id).row.retired_at is None


def test_who_may_not(client, as_other_trainer, version, administrator):
    stored = make_question(version, administrator)
    retire_question(administrator.id, stored.row.id)
    db.session.commit()
    assert client.post_form(f"/questions/{stored.row.id}/bring-back").status_code == 303
    assert as_other_trainer.post_form(f"/questions/{stored.row.id}/bring-back").status_code == 404
    assert as_other_trainer.get(f"/questions/{stored.row.id}/bring-back").status_code == 405
    assert find_question(stored.row.id).row.retired_at is not None
