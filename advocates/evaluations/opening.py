"""Open a round of asking: by somebody who runs the cohort, or by itself."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from advocates import clock
from advocates.audit.recording import record
from advocates.cohorts.models import Cohort
from advocates.cohorts.seats import lock_cohort
from advocates.database import db, new_id
from advocates.evaluations.inviting import new_invitation
from advocates.evaluations.models import SurveyRound
from advocates.evaluations.queries import people_to_ask, plan_of
from advocates.evaluations.rules import DAYS_OPEN, SurveyKind
from advocates.evaluations.writing import form_in_use
from advocates.seen import Seen


class RoundRefused(Exception):
    """No round was opened."""


class AskedAlready(RoundRefused):
    """There is a round of this kind for this cohort or session."""


class NobodyToAsk(RoundRefused):
    """Nobody was present, or nobody has completed."""


@dataclass(frozen=True)
class About:
    """What a round asks about: a session, or the cohort as a whole."""

    kind: SurveyKind
    session_id: uuid.UUID | None = None


def open_round(
    actor_id: uuid.UUID | None, cohort_id: uuid.UUID, about: About, closes_at: datetime | None = None
) -> SurveyRound:
    """Ask everybody whom it concerns; they are written to by the next sweep. Raises RoundRefused.

    Once per session, and once per cohort and kind: the cohort's lock orders two that open at once.
    """
    lock_cohort(cohort_id)
    if _is_asked(cohort_id, about):
        raise AskedAlready
    people = people_to_ask(about.kind, cohort_id, about.session_id)
    if not people and about.kind is not SurveyKind.FOLLOW_UP_SUPERVISOR:
        raise NobodyToAsk
    now = clock.now()
    round_ = SurveyRound(
        id=new_id(),
        form_id=form_in_use(about.kind).id,
        kind=about.kind,
        cohort_id=cohort_id,
        session_id=about.session_id,
        opened_by=actor_id,
        opened_at=now,
        closes_at=closes_at or now + timedelta(days=DAYS_OPEN[about.kind]),
        invited=len(people),
        answered=0,
    )
    db.session.add(round_)
    db.session.flush()
    db.session.add_all(new_invitation(round_.id, person_id) for person_id in people)
    record(
        actor_id,
        "open_survey",
        round_id=round_.id,
        cohort_id=cohort_id,
        session_id=about.session_id,
        kind=about.kind,
        persons=len(people),
    )
    return round_


def _is_asked(cohort_id: uuid.UUID, about: About) -> bool:
    same = select(SurveyRound.id).filter_by(session_id=about.session_id)
    if about.session_id is None:
        same = same.filter_by(cohort_id=cohort_id, kind=about.kind)
    return db.session.scalars(same).first() is not None


PLANNED = ("after_sessions", "at_the_end", "after_six_months")


def stored_plan(cohort: Cohort) -> dict[str, bool]:
    plan = plan_of(cohort.id)
    return {name: getattr(plan, name) for name in PLANNED}


def set_plan(actor_id: uuid.UUID, cohort: Cohort, wanted: dict[str, bool], seen: Seen) -> None:
    """Say which surveys open by themselves. Raises ChangedMeanwhile."""
    lock_cohort(cohort.id)
    before = stored_plan(cohort)
    seen.check(before, wanted)
    if before == wanted:
        return
    plan = plan_of(cohort.id)
    for name in PLANNED:
        setattr(plan, name, wanted[name])
    db.session.add(plan)
    changes = {name: (str(before[name]), str(wanted[name])) for name in PLANNED if before[name] != wanted[name]}
    record(actor_id, "plan_surveys", cohort_id=cohort.id, changes=changes)
