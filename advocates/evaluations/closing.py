"""Close a round for good: its results are shown from then on, and who had answered is forgotten."""

import uuid

from sqlalchemy import update

from advocates import clock
from advocates.audit.recording import record
from advocates.database import db
from advocates.evaluations.inviting import once_prefix
from advocates.evaluations.models import SurveyInvitation, SurveyRound
from advocates.messages.models import MessageState, OutboxMessage


def close_round(actor_id: uuid.UUID | None, round_id: uuid.UUID) -> bool:
    """Whether it was open until now. Addresses of supervisors go, from the outbox too; no link leads anywhere."""
    round_ = db.session.get_one(SurveyRound, round_id, with_for_update=True, populate_existing=True)
    if round_.closed_at is not None:
        return False
    round_.closed_at, round_.closed_by = clock.now(), actor_id
    forgotten = {"is_done": True, "token_sha256": None, "address": None, "mails": 0, "mailed_at": None}
    unsynchronized = {"synchronize_session": False}
    db.session.execute(
        update(SurveyInvitation).where(SurveyInvitation.round_id == round_id).values(forgotten),
        execution_options=unsynchronized,
    )
    _forget_mails(round_id)
    record(actor_id, "close_survey", round_id=round_id, cohort_id=round_.cohort_id)
    return True


def _forget_mails(round_id: uuid.UUID) -> None:
    """No mail of the round is sent any more, and none names an address: it tells who was reminded, and how often."""
    mine = OutboxMessage.once_key.startswith(once_prefix(round_id), autoescape=True)
    given_up = mine & (OutboxMessage.state == MessageState.WAITING)
    for which, values in (
        (given_up, {"state": MessageState.FAILED, "body": ""}),
        (mine, {"address": "", "once_key": None}),
    ):
        changing = update(OutboxMessage).where(which).values(**values)
        db.session.execute(changing, execution_options={"synchronize_session": False})
