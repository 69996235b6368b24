"""Rubrics and authorizations, committed, and what was seen, by the real activity."""

from datetime import date
from typing import Any

from sqlalchemy import select

from advocates import clock
from advocates.access import Actor, Role
from advocates.cohorts.models import Cohort
from advocates.database import db, new_id
from advocates.people.models import PersonProfile
from advocates.skills.models import SkillAuthorization
from advocates.skills.observing import Entry, Saved, Skill, observe
from advocates.skills.queries import Rubric, rubrics_of
from advocates.skills.rules import Observed, Outcome
from advocates.skills.writing import use_shipped_rubrics

LONG_AGO = date(2024, 1, 1)


def authorize_skills(cohort: Cohort, person: Any, administrator: Any = None, **columns: Any) -> SkillAuthorization:
    """For every skill of the cohort's version since long ago, unless the columns say otherwise."""
    row = SkillAuthorization(
        id=new_id(),
        version_id=cohort.curriculum_version_id,
        person_id=person.id,
        granted_by=(administrator or person).id,
        granted_at=clock.now(),
        **{"from_on": LONG_AGO, **columns},
    )
    db.session.add(row)
    db.session.commit()
    return row


def ship_rubrics(cohort: Cohort, administrator: Any) -> None:
    use_shipped_rubrics(administrator.id, cohort.curriculum_version_id)
    db.session.commit()


def rubric_of(cohort: Cohort, skill: str) -> Rubric:
    return rubrics_of([cohort.curriculum_version_id])[cohort.curriculum_version_id, skill][0]


def entry_of(cohort: Cohort, enrollment: Any, skill: str, outcome: str = "done", **more: Any) -> Entry:
    """All criteria met where it is done, none where it is not, unless `met` says otherwise."""
    rubric = rubric_of(cohort, skill)
    everything = frozenset(range(len(rubric.criteria))) if outcome == "done" else frozenset()
    said = Observed(
        Outcome(outcome),
        frozenset(more.pop("met", everything)),
        more.pop("observed_on", None) or clock.today(),
        more.pop("next_try_on", None),
    )
    values: dict[str, Any] = {"base_version": 0, "client_key": new_id(), "rubric_id": rubric.id, **more}
    return Entry(enrollment_id=enrollment.id, said=said, **values)


def see(by: Any, cohort: Cohort, skill: str, *entries: Entry) -> Saved:
    saved = observe(actor_of(by), cohort, Skill(cohort.curriculum_version_id, skill), entries)
    db.session.commit()
    return saved


def actor_of(person: Any) -> Actor:
    name = db.session.scalars(select(PersonProfile.chosen_name).filter_by(person_id=person.id)).one()
    return Actor(person.id, name, new_id(), frozenset({Role.TRAINER}))
