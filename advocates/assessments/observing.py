"""Sign the skills that were seen done."""

import uuid
from collections.abc import Collection, Mapping
from datetime import date

from advocates import clock
from advocates.access import Actor
from advocates.assessments.models import SkillSignOff
from advocates.assessments.queries import assessment_facts, lock_enrolled, rules_of
from advocates.audit.recording import record
from advocates.cohorts.models import Cohort
from advocates.database import db, new_id


class SkillsRefused(Exception):
    """Nothing was signed."""


class NotEnrolled(SkillsRefused):
    """Somebody is not in training in this cohort."""


class OwnSkills(SkillsRefused):
    """Nobody signs for themself."""


class UnknownSkill(SkillsRefused):
    """The person's curriculum version names no such skill."""


def sign_skills(actor: Actor, cohort: Cohort, observed: Mapping[uuid.UUID, Collection[str]], observed_on: date) -> None:
    """Sign each skill by enrollment, seen on that local day; one already signed keeps its signature."""
    enrolled = lock_enrolled(cohort.id, observed)
    if len(enrolled) < len(observed):
        raise NotEnrolled
    if any(enrollment.person_id == actor.person_id for enrollment in enrolled.values()):
        raise OwnSkills
    rules = rules_of({enrollment.curriculum_version_id for enrollment in enrolled.values()})
    facts = assessment_facts(enrolled)
    now = clock.now()
    signed: list[SkillSignOff] = []
    for enrollment in enrolled.values():
        skills = set(observed[enrollment.id])
        if not skills <= set(rules[enrollment.curriculum_version_id].skills):
            raise UnknownSkill
        for skill in sorted(skills - {known.skill for known in facts[enrollment.id].signed_skills}):
            signed.append(
                SkillSignOff(
                    id=new_id(),
                    enrollment_id=enrollment.id,
                    skill=skill,
                    signed_by=actor.person_id,
                    signed_at=now,
                    observed_on=observed_on,
                )
            )
    db.session.add_all(signed)
    record(actor.person_id, "sign_skills", cohort_id=cohort.id, sign_off_ids=[row.id for row in signed])
