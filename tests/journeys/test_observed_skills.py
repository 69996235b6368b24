"""Role-plays in a room without network: what trainers see is stored once the network is back, and nothing is lost."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, expect
from sqlalchemy import select

from advocates.assessments.models import SkillSignOff
from advocates.cohorts.models import Cohort, Enrollment
from advocates.database import db
from advocates.people.models import Person
from advocates.skills.models import SkillObservation
from tests.factories.curriculum import shipped_document
from tests.factories.people import make_person
from tests.factories.skills import authorize_skills, entry_of, see, ship_rubrics
from tests.journeys.phone import Class, House, Phone, make_class

ONE, TWO, THREE = "Łucja Wiśniewska", "Nguyễn Thị Hạnh", "محمد العلي"
SKILL = shipped_document().rules.skills[0]


@dataclass
class Playing:
    """A cohort with rubrics, watched by a trainer and a second one."""

    people: Class
    path: str
    second_id: uuid.UUID

    def stored(self, name: str) -> list[str]:
        wanted = select(SkillObservation.outcome).filter_by(enrollment_id=self.people.people[name])
        found = [outcome.value for outcome in db.session.scalars(wanted.order_by(SkillObservation.version))]
        db.session.rollback()  # the server is to write
        return found


@pytest.fixture
def playing(house: House, phone: Phone) -> Playing:
    people = make_class(house, 3)
    cohort = db.session.get_one(Cohort, people.cohort_id)
    second = make_person("Bo Carr", roles=["trainer"], cohort_id=cohort.id)
    ship_rubrics(cohort, second)
    authorize_skills(cohort, db.session.get_one(Person, people.trainer_id))
    authorize_skills(cohort, second)
    made = Playing(people, f"/cohorts/{cohort.id}/skills/{cohort.curriculum_version_id}/1", second.id)
    db.session.rollback()
    phone.belongs_to(people.trainer_id)
    phone.opens(made.path)
    return made


@pytest.fixture
def another(house: House, browser: Browser, playing: Playing) -> Iterator[Phone]:
    """The second trainer's."""
    phone = Phone(browser, house)
    phone.belongs_to(playing.second_id)
    phone.opens(playing.path)
    yield phone
    phone.context.close()


def row(phone: Phone, name: str) -> Locator:
    return phone.page.locator("li.seen").filter(has=phone.page.get_by_text(name, exact=True))


def watches(phone: Phone, name: str, criteria: int, button: str) -> None:
    person = row(phone, name)
    person.locator("summary").click()
    chooses(person, criteria, button)


def chooses(person: Locator, criteria: int, button: str) -> None:
    for box in person.locator(".usa-checkbox").all()[:criteria]:
        if not box.get_by_role("checkbox").is_checked():
            box.locator("label").click()
    person.get_by_role("button", name=button).click()


def test_what_is_seen_without_network_is_sent_once_it_is_back(phone: Phone, playing: Playing) -> None:
    phone.keeps_the_register()
    phone.loses_network()
    watches(phone, ONE, 5, "Done: sign it")
    watches(phone, TWO, 2, "Not yet")
    phone.has_unsent(2)
    phone.reads("#save-problem", "No network: it is stored on this device.")
    expect(row(phone, ONE).locator(".seen__note")).to_have_text("Not sent yet: Done")
    assert not any(name in str(phone.waiting()) for name in playing.people.people)
    phone.page.reload()
    phone.reads("#copy-notice", "This is the copy of")
    phone.has_unsent(2)
    phone.finds_network()
    phone.sends_everything()
    expect(row(phone, ONE).locator(".seen__state")).to_have_text("signed")
    expect(row(phone, TWO).locator(".seen__state")).to_have_text("another try")
    assert [playing.stored(name) for name in (ONE, TWO, THREE)] == [["done"], ["not_yet"], []]
    assert db.session.scalars(select(SkillSignOff.rubric_number)).all()[-1:] == [1]


def test_two_trainers_watch_different_people_at_once(phone: Phone, another: Phone, playing: Playing) -> None:
    phone.loses_network()
    watches(phone, ONE, 5, "Done: sign it")
    watches(another, TWO, 5, "Done: sign it")
    another.sends_everything()
    phone.finds_network()
    phone.sends_everything()
    assert [playing.stored(name) for name in (ONE, TWO)] == [["done"], ["done"]]


@pytest.mark.parametrize(("choice", "stored"), [("mine", ["not_yet", "done"]), ("theirs", ["not_yet"])])
def test_two_who_saw_the_same_person_differently_choose(
    phone: Phone, playing: Playing, choice: str, stored: list[str]
) -> None:
    phone.loses_network()
    watches(phone, ONE, 5, "Done: sign it")
    phone.has_unsent(1)
    cohort = db.session.get_one(Cohort, playing.people.cohort_id)
    enrollment = db.session.get_one(Enrollment, playing.people.people[ONE])
    second = db.session.get_one(Person, playing.second_id)
    see(second, cohort, SKILL, entry_of(cohort, enrollment, SKILL, "not_yet", met={0}))
    db.session.rollback()
    phone.finds_network()
    told = row(phone, ONE).locator(".seen__told")
    expect(told).to_contain_text(f"Which holds for {ONE}?")
    expect(told).to_contain_text("Bo Carr")
    told.locator(f"[data-decides={choice}]").click()
    phone.sends_everything()
    assert playing.stored(ONE) == stored


def test_what_the_server_refuses_stays_with_its_reason(phone: Phone, playing: Playing) -> None:
    watches(phone, ONE, 2, "Done: sign it")
    expect(row(phone, ONE).locator(".seen__told")).to_contain_text("Done needs every criterion")
    chooses(row(phone, ONE), 5, "Done: sign it")
    phone.sends_everything()
    assert playing.stored(ONE) == ["done"]


def test_other_pages_say_what_is_not_sent_and_lead_there(phone: Phone, playing: Playing) -> None:
    watches(phone, ONE, 1, "Done: sign it")
    expect(row(phone, ONE).locator(".seen__told")).to_contain_text("Done needs every criterion")
    phone.opens("/")
    phone.reads("#waiting", "Not sent yet: 1")
    phone.opens("/not-sent")
    phone.reads("#unsent-parts", "Done needs every criterion")
    expect(phone.page.get_by_role("link", name="Open the page it belongs to")).to_have_attribute("href", playing.path)
