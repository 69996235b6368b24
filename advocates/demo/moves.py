"""Who goes on elsewhere in the demo: one in another cohort, one in the other curriculum by an approved map."""

import uuid
from datetime import date, timedelta

from sqlalchemy import select

from advocates import clock
from advocates.cohorts.models import Cohort, Enrollment, Placement
from advocates.curriculum.models import CurriculumVersion
from advocates.curriculum.queries import modules_of
from advocates.database import db
from advocates.demo import cast, stage
from advocates.demo.stage import Staff
from advocates.equivalence.proposing import approve_map, edit_map, propose_map
from advocates.equivalence.queries import equivalence_of
from advocates.equivalence.rules import Equivalence, Line
from advocates.people.models import PersonProfile
from advocates.transfers.moving import move_people
from advocates.transfers.queries import load_plan
from advocates.transfers.rules import MoveReason

# Module and minutes of the city's curriculum, and where in the statewide one as many begin.
LINES = (
    ("A1", 0, 60, "B1", 0),
    ("A2", 0, 90, "B3", 0),
    ("A2", 90, 150, "B4", 0),
    ("A3", 0, 150, "B7", 0),
    ("A4", 0, 150, "B8", 0),
    ("A5", 0, 180, "B9", 0),
    ("A6", 0, 90, "B12", 0),
    ("A7", 0, 90, "B13", 0),
    ("A7", 90, 150, "B14", 0),
    ("A8", 0, 120, "B15", 0),
    ("A9", 0, 150, "B18", 0),
    ("A12", 0, 90, "B11", 0),
    ("A13", 0, 60, "B20", 0),
    ("A14", 0, 90, "B19", 0),
    ("A16", 0, 90, "B21", 0),
)
MOVED, TRANSFERRED = cast.CURRENT[19].name, cast.CURRENT[20].name


def tell_moves(staff: Staff, today: date) -> None:
    """Both leave the cohort in mid-course with what they have earned."""
    administrator = staff.administrator.person_id
    with clock.at(stage.noon(today - timedelta(days=1))):
        statewide = _map_to_statewide(staff)
        _move(administrator, MOVED, _cohort_on(staff.version_id), MoveReason.OTHER_DATES)
        _move(administrator, TRANSFERRED, _cohort_on(statewide), MoveReason.AGENCY_WISH)
        # Nobody in the demo has a mailbox.
        stage.drop_mails()
        db.session.commit()


def _map_to_statewide(staff: Staff) -> uuid.UUID:
    """One administrator proposes what counts, the other approves it; returns the statewide version."""
    proposer, approver = (administrator.person_id for administrator in staff.administrators[:2])
    there = db.session.scalars(
        select(CurriculumVersion.id)
        .join(Cohort, Cohort.curriculum_version_id == CurriculumVersion.id)
        .where(CurriculumVersion.id != staff.version_id)
    ).first()
    assert there is not None  # noqa: S101
    old = {module.key: module.module_id for module in modules_of(staff.version_id)}
    new = {module.key: module.module_id for module in modules_of(there)}
    map_id = propose_map(proposer, staff.version_id, there)
    begun = equivalence_of(map_id)
    lines = (Line(old[key], first, last, new[to], at) for key, first, last, to, at in LINES)
    edit_map(proposer, map_id, Equivalence(tuple(lines), begun.gates), begun.digest)
    approve_map(approver, map_id, equivalence_of(map_id).digest)
    return there


def _cohort_on(version_id: uuid.UUID) -> Cohort:
    """The cohort on this version that begins last."""
    on_version = select(Cohort).where(Cohort.curriculum_version_id == version_id)
    return db.session.scalars(on_version.order_by(Cohort.starts_on.desc(), Cohort.title).limit(1)).one()


def _move(actor_id: uuid.UUID, name: str, cohort: Cohort, reason: MoveReason) -> None:
    enrollment_id = db.session.scalars(
        select(Enrollment.id)
        .join(PersonProfile, PersonProfile.person_id == Enrollment.person_id)
        .join(Placement, (Placement.enrollment_id == Enrollment.id) & Placement.ended_at.is_(None))
        .where(PersonProfile.chosen_name == name)
    ).one()
    plan = load_plan(actor_id, [enrollment_id], cohort)
    move_people(actor_id, {person.enrollment_id: person.seen for person in plan.people}, cohort.id, reason)
