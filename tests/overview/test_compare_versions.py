"""Two versions held against each other, and what the other one would mean for cohorts that run."""

import uuid
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, update

from advocates import clock
from advocates.curriculum.delivery import DeliveryMode
from advocates.curriculum.importing import add_version
from advocates.curriculum.models import CurriculumVersion, VersionModule
from advocates.curriculum.queries import version_with_modules
from advocates.curriculum.rules import rules_from_json, rules_to_json
from advocates.database import db
from advocates.hours.rules import ModuleHours, Part, VersionHours
from advocates.overview.rules.switching import losses, person_effect
from tests.budgets import statements
from tests.factories.attendance import make_signed_off
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.curriculum import make_version
from tests.factories.people import make_person
from tests.factories.schedule import make_session
from tests.room import DAY, make_room

A, B, C = (uuid.UUID(int=n) for n in (1, 2, 3))
IN_PERSON, ONLINE = DeliveryMode.IN_PERSON, DeliveryMode.LIVE_ONLINE
OLD = VersionHours(150, {A: ModuleHours(90, position=0), B: ModuleHours(60, position=1)})


@pytest.mark.parametrize(
    ("new", "modules", "expected"),
    [
        (OLD, {A: A, B: B}, (120, 120, 30, 30, {})),
        (VersionHours(120, {A: ModuleHours(60), B: ModuleHours(60)}), {A: A, B: B}, (120, 90, 30, 30, {A: 30})),
        (VersionHours(150, {A: ModuleHours(90), C: ModuleHours(60)}), {A: A}, (120, 90, 30, 60, {B: 30})),
        (VersionHours(150, {A: ModuleHours(90), C: ModuleHours(60)}), {A: A, B: C}, (120, 120, 30, 30, {})),
        (
            VersionHours(150, {A: ModuleHours(90, modes=frozenset({ONLINE})), B: ModuleHours(60)}),
            {A: A, B: B},
            (120, 30, 30, 120, {A: 90}),
        ),
    ],
)
def test_minutes_follow_their_module_as_far_as_the_other_version_has_it(new, modules, expected):
    live = [Part(A, 0, 90, IN_PERSON), Part(B, 0, 30, IN_PERSON)]
    effect = person_effect(live, OLD, new, modules)
    assert (effect.before, effect.after, effect.owed_before, effect.owed_after, effect.lost) == expected


def test_losses_are_summed_by_module():
    new = VersionHours(60, {B: ModuleHours(60)})
    effects = [person_effect([Part(A, 0, minutes, IN_PERSON)], OLD, new, {B: B}) for minutes in (90, 30)]
    assert [(loss.module_id, loss.people, loss.minutes) for loss in losses(effects)] == [(A, 2, 120)]


def draft_of(version, **first):
    """The next version as a draft, its first module changed."""
    draft = add_version(None, version.curriculum_id, version_with_modules(version.id).document)
    if first:
        is_first = (VersionModule.version_id == draft.id) & (VersionModule.position == 0)
        db.session.execute(update(VersionModule).where(is_first).values(**first))
    db.session.commit()
    return draft


def page(client, old, new):
    return client.get(f"/curriculum-versions/{old.id}/compare/{new.id}").text


def test_two_that_say_the_same_are_said_to(as_administrator):
    version = make_version()
    text = page(as_administrator, version, draft_of(version))
    assert "The two versions say exactly the same." in text
    assert "No cohort runs on" in text


def test_modules_and_rules_that_differ_are_told(as_administrator):
    version = make_version()
    draft = draft_of(version, title="Welcome", contact_minutes=60)
    db.session.execute(delete(VersionModule).where(VersionModule.version_id == draft.id, VersionModule.key == "A18"))
    rules = rules_from_json(draft.rules)
    stored = db.session.get_one(CurriculumVersion, draft.id)
    stored.rules = rules_to_json(rules).replace('"completion_window_days":null', '"completion_window_days":90')
    db.session.commit()
    text = page(as_administrator, version, draft)
    assert "1 h 30 min → 1 h 00 min" in text
    assert "before: Orientation" in text
    assert "<caption>Removed</caption>" in text
    assert "<caption>Added</caption>" not in text
    assert "<del>No limit on the days that it may take.</del>" in text
    assert "<ins>Everything within 90 days, counted from the first day with credited time.</ins>" in text
    assert "<caption>Added</caption>" in page(as_administrator, draft, version)


def test_a_running_cohort_sees_what_its_people_would_lose_and_its_schedule_lack(as_administrator, time):
    time.set("20:31")
    room = make_room(3)
    make_signed_off(room.session, room.trainer, absent=[room.trainees[2]])
    text = page(as_administrator, room.version, draft_of(room.version, contact_minutes=45))
    assert "3 people are enrolled" in text
    assert "5 h 40 min credited so far in all, 4 h 20 min of it would count." in text
    assert "2 people would lose credited minutes:" in text
    assert "2 people, 1 h 20 min in all" in text
    assert "The schedule would lack:" in text
    assert "A1 Orientation" in text


def test_what_is_taught_in_a_way_the_other_version_refuses_is_in_vain(as_administrator):
    room = make_room(0)
    text = page(as_administrator, room.version, draft_of(room.version, delivery_modes='["live_online"]'))
    assert "Nobody is enrolled yet." in text
    assert "The schedule would teach what earns nothing there:" in text


def test_a_cohort_that_is_over_without_anybody_enrolled_is_left_out(as_administrator, time):
    time.set("20:31")
    version = make_version()
    over = make_cohort(version, title="Spring 2026", ends_on=date(2026, 5, 1))
    text = page(as_administrator, version, draft_of(version))
    assert over.title not in text
    make_enrollment(over)
    assert over.title in page(as_administrator, version, draft_of(version))


@pytest.mark.parametrize("rows", [1, 3, 10])
def test_statements_do_not_grow_with_cohorts_people_and_sessions(as_administrator, time, rows):
    time.set("20:31")
    version = make_version()
    draft = draft_of(version, contact_minutes=45)
    for n in range(rows):
        cohort = make_cohort(version)
        make_enrollment(cohort)
        for day in range(rows):
            make_session(cohort, DAY + timedelta(days=n + day))
    with statements() as sent:
        page(as_administrator, version, draft)
    # the sign-in; two versions and their modules; cohorts; enrollments; live entries; sessions; segments
    assert len(sent) <= 10


def test_a_missing_version_is_404_and_a_trainee_may_not_read_it(client, as_administrator):
    version = make_version()
    assert as_administrator.get(f"/curriculum-versions/{version.id}/compare/{uuid.uuid4()}").status_code == 404
    assert as_administrator.get(f"/curriculum-versions/{uuid.uuid4()}/compare/{version.id}").status_code == 404
    address = f"/curriculum-versions/{version.id}/compare/{version.id}"
    assert client.get(address).location.startswith("/sign-in")
    client.sign_in(make_person("Wen Harlow", roles=["trainee"]).id)
    assert client.get(address).status_code == 403


def test_who_trains_one_cohort_reads_of_no_other(client):
    version, ends_on = make_version(), clock.today("America/Chicago") + timedelta(days=30)
    mine, other = (make_cohort(version, title=title, ends_on=ends_on) for title in ("West class", "East class"))
    draft = draft_of(version)
    client.sign_in(make_person("Rosa Ebel", roles=["trainer"], cohort_id=mine.id).id)
    text = page(client, version, draft)
    assert mine.title in text
    assert other.title not in text
