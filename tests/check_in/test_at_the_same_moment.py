"""Who checks out while the trainer confirms waits until that is done: what is confirmed is what was read."""

import threading

from advocates.check_in import confirming
from advocates.database import db
from advocates.schedule.models import TrainingSession
from tests.check_in.test_confirm_check_ins import marks, said, ticks
from tests.factories.check_in import make_check_in


def test_nobody_goes_between_what_is_read_and_what_is_confirmed(app, as_trainer, room, near, monkeypatch):
    trainee, address = room.trainees[0], f"/sessions/{room.session.id}/check-ins"
    said(room, trainee, near, "in 17:28")
    near.set("18:00")
    fields = ticks(as_trainer.get(address).text, trainee)
    real, has_gone = confirming.build_rows, threading.Event()

    def goes():
        with app.app_context():
            make_check_in(db.session.get_one(TrainingSession, room.session.id), trainee, "out")
            db.session.remove()
            has_gone.set()

    leaver = threading.Thread(target=goes)

    def reads(*args):
        rows = real(*args)
        leaver.start()
        assert not has_gone.wait(0.5)
        return rows

    db.session.remove()
    with monkeypatch.context() as patched:
        patched.setattr(confirming, "build_rows", reads)
        assert as_trainer.post_form(address, fields).status_code == 303
    leaver.join()
    assert has_gone.is_set()
    assert len(marks()) == 1
    assert "The check-ins of 1 person differ from the register." in as_trainer.get(room.address).text
