"""What an address names is loaded for those who may see it; for all others it is missing."""

from datetime import timedelta

import pytest
from flask_login import login_user
from werkzeug.exceptions import NotFound

from advocates import clock
from advocates.access import Actor, Permission, Role
from advocates.cohorts.models import Placement
from advocates.cohorts.queries import find_enrollment, open_placement_cohort_id, roster
from advocates.cohorts.scope import load_cohort, load_enrollment
from advocates.database import db, new_id
from tests.budgets import statements
from tests.factories.cohorts import make_cohort, make_enrollment


@pytest.fixture
def act_as(app):
    """Make the rest of the test a request of this actor."""
    contexts = []

    def start(role, *cohorts, person_id=None):
        context = app.test_request_context("/")
        context.push()
        contexts.append(context)
        held = {role: frozenset(cohort.id for cohort in cohorts)}
        login_user(Actor(person_id or new_id(), "Somebody", new_id(), frozenset({role}), held))

    yield start
    for context in reversed(contexts):
        context.pop()


def move(enrollment, cohort):
    """End the open placement a day ago and, where a cohort is given, place the enrollment there."""
    open_ = db.session.query(Placement).filter_by(enrollment_id=enrollment.id, ended_at=None).one()
    open_.ended_at = clock.now() - timedelta(days=1)
    db.session.flush()
    if cohort:
        db.session.add(Placement(enrollment_id=enrollment.id, cohort_id=cohort.id, started_at=clock.now()))
    db.session.commit()


def test_a_trainer_loads_their_own_cohort_and_no_other(act_as):
    mine, other = make_cohort(), make_cohort()
    act_as(Role.TRAINER, mine)
    assert load_cohort(mine.id, Permission.TAKE_ATTENDANCE).title == mine.title
    for cohort_id, permission in [
        (other.id, Permission.TAKE_ATTENDANCE),
        (new_id(), Permission.TAKE_ATTENDANCE),
        (mine.id, Permission.MANAGE_COHORTS),
    ]:
        with pytest.raises(NotFound):
            load_cohort(cohort_id, permission)


def test_a_trainee_loads_their_own_enrollment_only_where_that_is_allowed(act_as):
    cohort = make_cohort()
    mine, another = make_enrollment(cohort, "Wen Harlow"), make_enrollment(cohort, "Somebody Else")
    act_as(Role.TRAINEE, person_id=mine.person_id)
    assert load_enrollment(mine.id, Permission.VIEW_ENROLLMENTS, own_allowed=True).chosen_name == "Wen Harlow"
    with pytest.raises(NotFound):
        load_enrollment(another.id, Permission.VIEW_ENROLLMENTS, own_allowed=True)
    with pytest.raises(NotFound):
        load_enrollment(mine.id, Permission.VIEW_ENROLLMENTS)


def test_after_a_move_the_new_cohort_s_trainer_loads_the_enrollment(act_as):
    old, new = make_cohort(), make_cohort()
    enrollment = make_enrollment(old)
    move(enrollment, new)
    act_as(Role.TRAINER, new)
    assert load_enrollment(enrollment.id, Permission.VIEW_ENROLLMENTS).cohort.id == new.id
    act_as(Role.TRAINER, old)
    with pytest.raises(NotFound):
        load_enrollment(enrollment.id, Permission.VIEW_ENROLLMENTS)


def test_who_has_left_stays_in_their_last_cohort_s_scope(act_as):
    cohort = make_cohort()
    enrollment = make_enrollment(cohort)
    move(enrollment, None)
    act_as(Role.TRAINER, cohort)
    assert load_enrollment(enrollment.id, Permission.VIEW_ENROLLMENTS).cohort.id == cohort.id
    assert open_placement_cohort_id(enrollment.id) is None
    assert roster(cohort.id) == []
    assert [row.enrollment_id for row in roster(cohort.id, with_left=True)] == [enrollment.id]


def test_each_read_is_one_statement(app):
    cohort = make_cohort()
    enrollments = [make_enrollment(cohort, f"Person {n}") for n in range(3)]
    for read in (
        lambda: find_enrollment(enrollments[0].id),
        lambda: open_placement_cohort_id(enrollments[0].id),
        lambda: roster(cohort.id),
    ):
        with statements() as sent:
            assert read()
        assert len(sent) == 1
