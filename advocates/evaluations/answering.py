"""Take an answer, or a "no thanks", so that nothing stored leads from it to the person.

The audit trail says nothing of it: an event has a time and a place in the chain, which the invitation's change would
share. See docs/decisions/0016-anonymous-answers.md.
"""

import secrets
import uuid
from collections.abc import Mapping

from sqlalchemy import delete, select

from advocates.database import db
from advocates.evaluations.models import SurveyAnswer, SurveyInvitation, SurveyRound
from advocates.evaluations.queries import Asked
from advocates.evaluations.rules import Standing


class SurveyOver(Exception):
    """Nothing was stored: the survey is closed, or this invitation was used before."""

    def __init__(self, standing: Standing) -> None:
        super().__init__(f"the survey is {standing.value}")
        self.standing = standing


def answer(asked: Asked, answers: Mapping[str, str]) -> None:
    """Store the answers by question key, once for this invitation however often they are sent. Raises SurveyOver."""
    _use_up(asked)
    asked.round.answered += 1
    db.session.flush()
    _mix_in(asked.round.id, answers)


def decline(asked: Asked) -> None:
    """End the asking. That it was declined, and not answered, is not stored. Raises SurveyOver."""
    _use_up(asked)
    db.session.flush()


def _use_up(asked: Asked) -> None:
    """The round is locked first: one person at a time answers in it, and nobody while it closes."""
    for row, kind in ((asked.round, SurveyRound), (asked.invitation, SurveyInvitation)):
        db.session.get_one(kind, row.id, with_for_update=True, populate_existing=True)
    if asked.standing is not Standing.OPEN:
        raise SurveyOver(asked.standing)
    asked.invitation.is_done = True


def _mix_in(round_id: uuid.UUID, answers: Mapping[str, str]) -> None:
    """Write every answer of the round anew, in a drawn order and under new random keys.

    So all rows of a round are of one transaction, the latest: where they lie in the table, and which transaction
    PostgreSQL notes for them (`ctid`, `xmin`), tell nothing about who sent which and when.
    """
    mine = SurveyAnswer.round_id == round_id
    stored = db.session.execute(select(SurveyAnswer.question, SurveyAnswer.value).where(mine))
    rows = [(key, value) for key, value in stored]
    rows += answers.items()
    secrets.SystemRandom().shuffle(rows)
    db.session.execute(delete(SurveyAnswer).where(mine), execution_options={"synchronize_session": False})
    db.session.execute(
        SurveyAnswer.__table__.insert(),  # type: ignore[attr-defined]
        [{"id": uuid.uuid4(), "round_id": round_id, "question": key, "value": value} for key, value in rows],
    )
