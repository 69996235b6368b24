"""Surveys by the real activities, committed."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from advocates import clock
from advocates.attendance.models import AttendanceMark, MarkWay
from advocates.attendance.rules import Outcome
from advocates.audit.recording import record
from advocates.cohorts.models import Cohort
from advocates.database import db, new_id
from advocates.evaluations.answering import answer
from advocates.evaluations.closing import close_round
from advocates.evaluations.inviting import link_of, new_invitation
from advocates.evaluations.models import SurveyInvitation, SurveyRound
from advocates.evaluations.opening import About, open_round
from advocates.evaluations.queries import find_own_asked
from advocates.evaluations.rules import SurveyKind
from tests.factories.cohorts import make_enrollment

ALL_RIGHT = {"q1": "4", "q7": "2", "q8": "yes"}


def make_round(cohort: Cohort, kind: str = "end", session: Any = None) -> SurveyRound:
    round_ = open_round(None, cohort.id, About(SurveyKind(kind), session.id if session else None))
    db.session.commit()
    return round_


def make_end_round(cohort: Cohort, people: int = 1) -> SurveyRound:
    """Of as many people in training as are asked."""
    for number in range(people):
        make_enrollment(cohort, f"Person {number:02}")
    return make_round(cohort)


def be_present(session: Any, enrollments: Sequence[Any], trainer: Any, outcome: str = "present") -> None:
    """A mark of each, as a register would store it."""
    marks = [
        AttendanceMark(
            id=new_id(), session_id=session.id, enrollment_id=enrollment.id, version=1, outcome=Outcome(outcome),
            intervals="[]", way=MarkWay.REGISTER, recorded_by=trainer.id, recorded_at=clock.now(), client_key=new_id(),
        )
        for enrollment in enrollments
    ]  # fmt: skip
    record(trainer.id, "mark_attendance", rows=marks, session_id=session.id)
    db.session.commit()


def invitations_of(round_: SurveyRound) -> Sequence[SurveyInvitation]:
    query = select(SurveyInvitation).filter_by(round_id=round_.id).order_by(SurveyInvitation.id)
    return db.session.scalars(query, execution_options={"populate_existing": True}).all()


def path_of(invitation: SurveyInvitation) -> str:
    """Of the private link."""
    return link_of(invitation).removeprefix("http://localhost")


def answer_all(round_: SurveyRound, answers: Sequence[Mapping[str, str]]) -> None:
    """The first invitations answer, one after another."""
    for invitation, given in zip(invitations_of(round_), answers, strict=False):
        asked = find_own_asked(invitation.id, invitation.person_id)
        assert asked is not None
        answer(asked, given)
        db.session.commit()


def close(round_: SurveyRound) -> None:
    close_round(None, round_.id)
    db.session.commit()


def make_invitations(cohort: Cohort, *person_ids: uuid.UUID) -> dict[uuid.UUID, uuid.UUID]:
    """An invitation to each in the cohort's survey at the end, whoever they are; ids by person."""
    round_ = db.session.scalars(select(SurveyRound).filter_by(cohort_id=cohort.id, kind=SurveyKind.END)).first()
    round_ = round_ or make_round(cohort)
    known = {row.person_id for row in invitations_of(round_)}
    missing = [new_invitation(round_.id, person_id) for person_id in person_ids if person_id not in known]
    db.session.add_all(missing)
    round_.invited += len(missing)
    db.session.commit()
    return {row.person_id: row.id for row in invitations_of(round_)}
