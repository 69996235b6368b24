"""What was seen of a skill: signed by whom it may be, once, and never over somebody else's word."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from advocates import clock
from advocates.assessments.models import SkillSignOff
from advocates.assessments.queries import assessment_facts
from advocates.assessments.rules import VoidReason
from advocates.assessments.voiding import void_sign_off
from advocates.database import db, new_id
from advocates.skills.models import SkillObservation
from advocates.skills.observing import Skill, observe
from advocates.skills.rules import Problem, State
from tests.budgets import statements
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.people import grant_role, make_person
from tests.factories.skills import actor_of, authorize_skills, entry_of, see
from tests.skills.conftest import SKILLS
from tests.together import at_once

SKILL = SKILLS[0]


def count(kind):
    return db.session.scalar(select(func.count()).select_from(kind))


def test_done_signs_the_skill_against_the_rubric(cohort, trainer, enrollment):
    saved = see(trainer, cohort, SKILL, entry_of(cohort, enrollment, SKILL))
    assert list(saved.stored) == [enrollment.id]
    assert saved.standings[enrollment.id].state is State.SIGNED
    sign_off = db.session.scalars(select(SkillSignOff)).one()
    row = db.session.scalars(select(SkillObservation)).one()
    assert (sign_off.signed_by, sign_off.rubric_number, sign_off.id) == (trainer.id, 1, row.sign_off_id)
    assert [each.skill for each in assessment_facts([enrollment.id])[enrollment.id].signed_skills] == [SKILL]


def test_not_yet_leads_to_another_try_and_signs_nothing(cohort, trainer, enrollment):
    again_on = clock.today() + timedelta(days=7)
    entry = entry_of(cohort, enrollment, SKILL, "not_yet", met={0, 2}, next_try_on=again_on)
    standing = see(trainer, cohort, SKILL, entry).standings[enrollment.id]
    assert standing.state is State.NOT_YET
    assert standing.latest.said.next_try_on == again_on
    assert len(standing.latest.still_to_show) == 3
    assert count(SkillSignOff) == 0
    done = entry_of(cohort, enrollment, SKILL, base_version=1)
    assert see(trainer, cohort, SKILL, done).standings[enrollment.id].state is State.SIGNED


def test_what_is_refused_leaves_everything_as_it_was(cohort, trainer, enrollment):
    stranger = make_enrollment(make_cohort(), "Basil Thorne")
    graduate = make_enrollment(cohort, "Mei Tan", status="completed")
    unknown = make_person("Ines Marlow", roles=["trainer"], cohort_id=cohort.id)
    for by, entry, problem in (
        (unknown, entry_of(cohort, enrollment, SKILL), Problem.NOT_AUTHORIZED),
        (trainer, entry_of(cohort, stranger, SKILL), Problem.NOT_ENROLLED),
        (trainer, entry_of(cohort, graduate, SKILL), Problem.NOT_ENROLLED),
        (trainer, entry_of(cohort, enrollment, SKILL, met={0}), Problem.CRITERIA_MISSING),
        (trainer, entry_of(cohort, enrollment, SKILL, met={99}), Problem.UNKNOWN_CRITERION),
        (trainer, entry_of(cohort, enrollment, SKILL, rubric_id=new_id()), Problem.NO_RUBRIC),
        (
            trainer,
            entry_of(cohort, enrollment, SKILL, observed_on=clock.today() + timedelta(days=2)),
            Problem.DAY_TO_COME,
        ),
    ):
        assert see(by, cohort, SKILL, entry).refused == {entry.enrollment_id: problem}
    assert (count(SkillSignOff), count(SkillObservation)) == (0, 0)


@pytest.mark.parametrize(
    ("columns", "is_signed"),
    [
        ({"skill": SKILL}, True),
        ({"skill": SKILLS[1]}, False),
        ({"until_on": clock.today() - timedelta(days=1)}, False),
        ({"ended_at": datetime(2026, 1, 1, tzinfo=UTC)}, False),
    ],
)
def test_only_who_is_authorized_for_this_skill_on_that_day_signs(cohort, enrollment, columns, is_signed):
    signer = make_person("Ines Marlow", roles=["trainer"], cohort_id=cohort.id)
    authorize_skills(cohort, signer, **columns)
    saved = see(signer, cohort, SKILL, entry_of(cohort, enrollment, SKILL))
    assert bool(saved.stored) is is_signed


def test_nobody_signs_for_themself(cohort, enrollment):
    both = make_person("Ines Marlow", roles=["trainee"])
    grant_role(both, "trainer", cohort.id)
    authorize_skills(cohort, both)
    own = make_enrollment(cohort, person=both)
    saved = see(both, cohort, SKILL, entry_of(cohort, own, SKILL), entry_of(cohort, enrollment, SKILL))
    assert saved.refused == {own.id: Problem.OWN}
    assert list(saved.stored) == [enrollment.id]


def test_sent_twice_it_is_stored_once(cohort, trainer, enrollment):
    entry = entry_of(cohort, enrollment, SKILL, "not_yet")
    for _ in range(2):
        assert not see(trainer, cohort, SKILL, entry).conflicts
    assert count(SkillObservation) == 1


def test_somebody_elses_different_word_is_a_conflict(cohort, trainer, second, enrollment):
    see(trainer, cohort, SKILL, entry_of(cohort, enrollment, SKILL, "not_yet", met={0}))
    done = entry_of(cohort, enrollment, SKILL)
    saved = see(second, cohort, SKILL, done)
    assert list(saved.conflicts) == [enrollment.id]
    assert saved.standings[enrollment.id].latest.observer == "Rosa Ebel"
    knowingly = entry_of(cohort, enrollment, SKILL, base_version=1)
    assert see(second, cohort, SKILL, knowingly).stored


def test_a_signature_is_taken_back_with_a_reason_before_the_skill_is_seen_again(cohort, trainer, second, enrollment):
    see(trainer, cohort, SKILL, entry_of(cohort, enrollment, SKILL))
    late = entry_of(cohort, enrollment, SKILL, "not_yet")
    assert see(second, cohort, SKILL, late).conflicts
    knowingly = entry_of(cohort, enrollment, SKILL, "not_yet", base_version=1)
    assert see(second, cohort, SKILL, knowingly).refused == {enrollment.id: Problem.SIGNED_ALREADY}
    assert not see(second, cohort, SKILL, entry_of(cohort, enrollment, SKILL)).refused  # it is signed, as they say
    void_sign_off(actor_of(second), db.session.scalars(select(SkillSignOff.id)).one(), VoidReason.NOT_OBSERVED)
    db.session.commit()
    saved = see(second, cohort, SKILL, entry_of(cohort, enrollment, SKILL, base_version=1))
    assert saved.standings[enrollment.id].state is State.SIGNED
    assert count(SkillSignOff) == 2


def test_trainers_in_parallel_sign_different_people_and_never_one_twice(app, cohort, trainer, second):
    people = [make_enrollment(cohort, f"Person {n}") for n in range(3)]
    actors = [actor_of(trainer), actor_of(second)]
    skill = Skill(cohort.curriculum_version_id, SKILL)
    entries = [[entry_of(cohort, person, SKILL) for person in people] for _ in actors]

    def work(actor, said):
        return lambda: observe(actor, cohort, skill, said)

    results = at_once(app, work(actors[0], entries[0]), work(actors[1], entries[1][::-1]))
    assert sorted(len(result.stored) for result in results) == [0, 3]
    assert not any(result.conflicts or result.refused for result in results)
    assert count(SkillSignOff) == 3


def test_two_at_once_who_differ_are_told(app, cohort, trainer, second, enrollment):
    actors = [actor_of(trainer), actor_of(second)]
    skill = Skill(cohort.curriculum_version_id, SKILL)
    entries = [entry_of(cohort, enrollment, SKILL), entry_of(cohort, enrollment, SKILL, "not_yet")]
    results = at_once(
        app,
        lambda: observe(actors[0], cohort, skill, entries[:1]),
        lambda: observe(actors[1], cohort, skill, entries[1:]),
    )
    assert sorted((len(result.stored), len(result.conflicts)) for result in results) == [(0, 1), (1, 0)]


@pytest.mark.parametrize("people", [1, 30])
def test_it_costs_the_same_for_thirty(cohort, trainer, people):
    rows = [make_enrollment(cohort, f"Person {n}") for n in range(people)]
    entries = [entry_of(cohort, row, SKILL) for row in rows]
    with statements() as sent:
        assert len(see(trainer, cohort, SKILL, *entries).stored) == people
    assert len(sent) <= 24


@pytest.mark.parametrize("statement", ["UPDATE skill_observation SET version = 9", "DELETE FROM skill_observation"])
def test_the_database_itself_refuses_to_change_it(cohort, trainer, enrollment, statement):
    see(trainer, cohort, SKILL, entry_of(cohort, enrollment, SKILL))
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(text(statement))
    db.session.rollback()
