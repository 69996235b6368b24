"""Make-ups, proposed and decided by the real activities and committed."""

import uuid
from datetime import date
from typing import Any

from advocates import clock
from advocates.attendance.making_up import approve_make_up, propose_make_up
from advocates.attendance.models import MakeUp
from advocates.attendance.proposing import Proposal
from advocates.cohorts.queries import find_enrollment
from advocates.curriculum.models import CurriculumVersion
from advocates.curriculum.queries import modules_of
from advocates.database import db
from advocates.hours.rules import Slice
from tests.factories.curriculum import make_version

CAP = 100
EVIDENCE = "Worked through the module's case exercises with Bertil Oakes, one to one."


def make_version_with_activities() -> CurriculumVersion:
    """A published version whose first two modules alone have an equivalent; 100 minutes of them count at most."""
    version = make_version(is_published=False)
    first, second, *rest = modules_of(version.id)
    first.equivalent_activity = second.equivalent_activity = "Case exercises with a trainer"
    for module in rest:
        module.equivalent_activity = None
    version.rules = version.rules.replace('"equivalent_activity":480', f'"equivalent_activity":{CAP}')
    db.session.flush()
    version.published_at = clock.now()
    db.session.commit()
    return version


def make_proposal(
    enrollment: Any,
    proposer: Any,
    *,
    module: int = 0,
    minutes: tuple[int, int] = (0, 85),
    session: Any = None,
    done_on: date | None = None,
) -> MakeUp:
    """`module` is a position. Without a session it is an equivalent activity of `done_on`, October 20 by default."""
    proposal = Proposal(
        module_id=module_id(enrollment, module),
        minutes=Slice(*minutes),
        session_id=session.id if session else None,
        done_on=done_on or date(2026, 10, 20),
        evidence=EVIDENCE,
    )
    make_up_id = propose_make_up(proposer.id, find_enrollment(enrollment.id), proposal)
    db.session.commit()
    return db.session.get_one(MakeUp, make_up_id)


def make_approved(enrollment: Any, proposer: Any, approver: Any, **what: Any) -> MakeUp:
    make_up = make_proposal(enrollment, proposer, **what)
    approve_make_up(approver.id, make_up.id)
    db.session.commit()
    return make_up


def module_id(enrollment: Any, position: int) -> uuid.UUID:
    return modules_of(enrollment.curriculum_version_id)[position].module_id
