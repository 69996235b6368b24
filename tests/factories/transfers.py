"""A next version of a curriculum, approved maps, and people moved by the real activities, committed."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from advocates import clock
from advocates.cohorts.models import Cohort
from advocates.curriculum.models import CurriculumVersion, VersionModule
from advocates.curriculum.queries import modules_of
from advocates.curriculum.rules import rules_from_json, rules_to_json
from advocates.database import db, new_id
from advocates.equivalence.models import EquivalenceMap
from advocates.equivalence.proposing import approve_map, edit_map, propose_map
from advocates.equivalence.queries import equivalence_of
from advocates.equivalence.rules import Equivalence
from advocates.transfers.moving import move_people
from advocates.transfers.queries import load_plan
from advocates.transfers.rules import MoveReason
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.people import make_person


def make_next_version(version: CurriculumVersion, minutes: Sequence[int], **rules: Any) -> CurriculumVersion:
    """The next published version: the first modules of the one given, with other contact minutes."""
    old = modules_of(version.id)[: len(minutes)]
    following = CurriculumVersion(
        id=new_id(),
        curriculum_id=version.curriculum_id,
        number=version.number + 1,
        title=version.title,
        note=version.note,
        required_contact_minutes=sum(minutes),
        rules=rules_to_json(replace(rules_from_json(version.rules), **rules)),
        created_at=clock.now(),
    )
    db.session.add(following)
    db.session.flush()
    columns = [c.key for c in VersionModule.__table__.columns if c.key not in {"version_id", "contact_minutes"}]
    db.session.add_all(
        VersionModule(
            version_id=following.id, contact_minutes=least, **{name: getattr(module, name) for name in columns}
        )
        for module, least in zip(old, minutes, strict=True)
    )
    db.session.flush()
    following.published_at = clock.now()
    db.session.commit()
    return following


def make_map(
    old: CurriculumVersion, new: CurriculumVersion, said: Equivalence | None = None, *, is_approved: bool = True
) -> EquivalenceMap:
    """What the two versions share, or `said`; proposed by one administrator and approved by another."""
    proposer = make_person("Odo Lantern", roles=["administrator"])
    map_id = propose_map(proposer.id, old.id, new.id)
    if said is not None:
        edit_map(proposer.id, map_id, said, equivalence_of(map_id).digest)
    if is_approved:
        approver = make_person("Imre Sallow", roles=["administrator"])
        approve_map(approver.id, map_id, equivalence_of(map_id).digest)
    db.session.commit()
    return db.session.get_one(EquivalenceMap, map_id)


def move(actor: Any, enrollments: Sequence[Any], cohort: Cohort, reason: MoveReason = MoveReason.OTHER_DATES) -> Any:
    """Move them as the page would, having shown what stands now."""
    plan = load_plan(actor.id, [enrollment.id for enrollment in enrollments], cohort)
    chosen: dict[uuid.UUID, str] = {person.enrollment_id: person.seen for person in plan.people}
    done = move_people(actor.id, chosen, cohort.id, reason)
    db.session.commit()
    return done


def make_transfer() -> None:
    """Somebody who was transferred to the next version of their curriculum."""
    cohort = make_cohort()
    version = db.session.get_one(CurriculumVersion, cohort.curriculum_version_id)
    following = make_next_version(version, (60, 120))
    make_map(version, following)
    administrator = make_person("Ada Quill", roles=["administrator"])
    move(administrator, [make_enrollment(cohort, "Basil Thorne")], make_cohort(following))
