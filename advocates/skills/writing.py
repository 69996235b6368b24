"""Write the rubric of a skill. A rubric is never changed: a new wording is the next number."""

import json
import uuid
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from advocates import clock
from advocates.audit.recording import record
from advocates.curriculum.models import CurriculumVersion
from advocates.database import db, new_id
from advocates.seen import Seen
from advocates.skills.models import SkillRubric
from advocates.skills.queries import rubrics_of, skills_of
from advocates.skills.rules import Criterion, criteria_to_text


def write_rubric(
    actor_id: uuid.UUID, version_id: uuid.UUID, skill: str, criteria: Sequence[Criterion], seen: Seen
) -> SkillRubric | None:
    """The next edition, in force from now on; None where it reads as the newest does. Raises ChangedMeanwhile."""
    _lock(version_id)
    editions = rubrics_of([version_id]).get((version_id, skill), [])
    stored = editions[0].criteria if editions else ()
    seen.check(shown_of(stored), shown_of(criteria))
    if tuple(criteria) == stored:
        return None
    rubric = _rubric(actor_id, version_id, skill, len(editions) + 1, criteria)
    db.session.add(rubric)
    record(actor_id, "write_rubric", version_id=version_id, rubric_id=rubric.id, number=rubric.number)
    return rubric


def use_shipped_rubrics(actor_id: uuid.UUID, version_id: uuid.UUID) -> int:
    """The shipped rubric for each skill of the version that has none yet; how many were taken over."""
    version = _lock(version_id)
    known = rubrics_of([version_id])
    added = [
        _rubric(actor_id, version_id, skill, 1, shipped_rubrics()[skill])
        for skill in skills_of(version)
        if (version_id, skill) not in known and skill in shipped_rubrics()
    ]
    if added:
        db.session.add_all(added)
        record(actor_id, "use_shipped_rubrics", version_id=version_id, rubric_ids=[rubric.id for rubric in added])
    return len(added)


@cache
def shipped_rubrics() -> Mapping[str, tuple[Criterion, ...]]:
    """By the name of the skill."""
    file = resources.files("advocates.skills").joinpath("rubrics", "skills.json")
    return {
        skill: (
            *(Criterion(text) for text in kinds["required"]),
            *(Criterion(text, is_required=False) for text in kinds["optional"]),
        )
        for skill, kinds in json.loads(file.read_text(encoding="utf-8")).items()
    }


def shown_of(criteria: Sequence[Criterion]) -> dict[str, str]:
    """The fields of the form: a criterion a line."""
    return {
        "required": "\n".join(criterion.text for criterion in criteria if criterion.is_required),
        "optional": "\n".join(criterion.text for criterion in criteria if not criterion.is_required),
    }


def _lock(version_id: uuid.UUID) -> CurriculumVersion:
    """One edition after the other."""
    return db.session.get_one(CurriculumVersion, version_id, with_for_update=True)


def _rubric(
    actor_id: uuid.UUID, version_id: uuid.UUID, skill: str, number: int, criteria: Sequence[Criterion]
) -> SkillRubric:
    return SkillRubric(
        id=new_id(),
        version_id=version_id,
        skill=skill,
        number=number,
        criteria=criteria_to_text(criteria),
        written_by=actor_id,
        written_at=clock.now(),
    )
