"""A trainer's phone in a room where the network comes and goes, and the server that it writes to."""

import os
import signal
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from sqlalchemy import select

import config
from advocates import clock
from advocates.application import create_app
from advocates.attendance.models import AttendanceMark
from advocates.database import db
from advocates.people.models import Account, PersonProfile
from advocates.people.passwords import hash_password
from advocates.people.signing_in import start_sign_in
from tests.factories.schedule import make_session
from tests.journeys.site import GUNICORN, answers, running, wait_for
from tests.messages.mail_server import free_port
from tests.room import make_room

PASSWORD = "a long enough password"
WIDTH, HEIGHT = 360, 740
LONGEST_WAIT = 30
# What the page has in its queue, as it stands on the disk.
QUEUE = """() => new Promise((resolve) => {
  const opening = indexedDB.open("attendance", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("marks", { keyPath: "client_key" });
  opening.onsuccess = () => {
    const all = opening.result.transaction("marks").objectStore("marks").getAll();
    all.onsuccess = () => { opening.result.close(); resolve(all.result); };
  };
})"""


class House:
    """A server on its own database, which can be shut and opened again, and what is stored there."""

    def __init__(self, database_url: str, directory: Path) -> None:
        self.address = f"http://127.0.0.1:{free_port()}"
        self.log = directory / "processes.log"
        settings = {
            "port": self.address.rsplit(":", 1)[1],
            "database_url": database_url,
            "base_address": self.address,
            "secret_key": "a secret for journeys only, long enough",
            "jobs_path": directory / "jobs.sqlite",
        }
        self.environment = {f"ADVOCATES_{name.upper()}": str(value) for name, value in settings.items()}
        self.app: Flask = create_app(config.from_environment(self.environment))
        self._open = ExitStack()

    def open(self) -> None:
        command = (*GUNICORN, "wsgi:app")
        ours = {name: value for name, value in os.environ.items() if not name.startswith("ADVOCATES_")}
        server = self._open.enter_context(running(command, ours | self.environment, self.log))
        self.pid = server.pid
        wait_for(lambda: server.poll() is not None or answers(self.address), "the web server")

    def shut(self) -> None:
        self._open.close()

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """Connections are taken, and nothing is ever answered."""
        self._signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        for pid in (self.pid, *map(int, children)):
            os.kill(pid, number)


@contextmanager
def opened(database_url: str, directory: Path) -> Iterator[House]:
    """What the server prints must hold no failure."""
    house = House(database_url, directory)
    house.open()
    try:
        with house.app.app_context():
            yield house
            db.session.remove()
            db.engine.dispose()
    finally:
        house.shut()
    said = house.log.read_text()
    assert "Traceback" not in said, said


@dataclass
class Class:
    """One session with its people, by plain values: what the database holds is read afresh each time."""

    house: House
    session_id: uuid.UUID
    cohort_id: uuid.UUID
    trainer_id: uuid.UUID
    email: str
    starts: datetime
    people: dict[str, uuid.UUID]

    @property
    def path(self) -> str:
        return f"/sessions/{self.session_id}/attendance"

    def marks(self, name: str) -> list[AttendanceMark]:
        """Every version of this person's mark."""
        wanted = select(AttendanceMark).filter_by(session_id=self.session_id, enrollment_id=self.people[name])
        found = list(db.session.scalars(wanted.order_by(AttendanceMark.version)))
        db.session.expunge_all()
        db.session.rollback()  # the server is to write
        return found

    def stored(self) -> dict[str, list[str]]:
        """The outcomes of every version, by name."""
        return {name: [mark.outcome.value for mark in self.marks(name)] for name in self.people}


def make_class(house: House, people: int, days_ahead: int | None = None) -> Class:
    """The room of October 20, 2026, whose register is open since, or one to come; its trainer has a password."""
    room = make_room(people)
    if days_ahead is not None:
        room.session = make_session(room.cohort, clock.today() + timedelta(days=days_ahead))
    account = db.session.get_one(Account, room.trainer.id)
    account.password_hash = hash_password(PASSWORD)
    account.email_key = email = f"trainer.{room.trainer.id.hex[-8:]}@example.org"
    db.session.commit()
    profiles = db.session.scalars(select(PersonProfile))
    names = {profile.person_id: profile.chosen_name for profile in profiles}
    ids = {names[trainee.person_id]: trainee.id for trainee in room.trainees}
    made = Class(house, room.session.id, room.cohort.id, room.trainer.id, email, room.session.planned_start, ids)
    db.session.rollback()
    return made


class Phone:
    """One browser with its storage. `actions` counts taps and typed fields."""

    def __init__(self, browser: Browser, house: House, **settings: Any) -> None:
        viewport = settings.pop("viewport", {"width": WIDTH, "height": HEIGHT})
        self.house = house
        self.context: BrowserContext = browser.new_context(
            locale="en-US", timezone_id="America/Chicago", base_url=house.address, viewport=viewport, **settings
        )
        self.page: Page = self.context.new_page()
        self.actions = 0

    def belongs_to(self, person_id: uuid.UUID) -> None:
        """Signed in without the screen."""
        cookie = start_sign_in(db.session.get_one(Account, person_id))
        db.session.commit()
        self.context.add_cookies([{"name": "sign_in", "value": cookie, "url": self.house.address}])

    def signs_in(self, email: str) -> None:
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()

    def opens(self, path: str) -> None:
        self.page.goto(path)

    def comes_back(self) -> None:
        """The tab was killed; another one is opened."""
        self.page.close()
        self.page = self.context.new_page()

    def row(self, name: str) -> Locator:
        return self.page.locator("li.person").filter(has=self.page.get_by_text(name, exact=True))

    def taps(self, name: str, choice: str) -> None:
        self.actions += 1
        self.row(name).locator(".choices").get_by_text(choice, exact=True).click()

    def presses(self, name: str) -> None:
        self.actions += 1
        self.page.get_by_role("button", name=name).click()

    def types(self, name: str, **times: str) -> None:
        """Opens the person's times and fills these fields. What is done next leaves the last one."""
        row = self.row(name)
        if row.locator("details").first.get_attribute("open") is None:
            self.actions += 1
            row.locator(".person__name").click()
        for field, time in times.items():
            self.actions += 1
            row.get_by_label(field.replace("_", " "), exact=True).fill(time)

    def loses_network(self) -> None:
        self.context.set_offline(True)

    def finds_network(self) -> None:
        self.context.set_offline(False)

    def keeps_the_register(self) -> None:
        self.page.get_by_role("button", name="Keep on this device").click()
        self.reads("#keep-state", "Kept on this device until")

    def is_kept(self) -> bool:
        return self.has_cache("register ")

    def reads(self, where: str, text: str) -> None:
        expect(self.page.locator(where)).to_contain_text(text)

    def has_saved(self) -> None:
        expect(self.page.locator("#save-now")).to_have_text("Everything is saved")
        assert self.waiting() == []

    def has_unsent(self, count: int, on_disk: int | None = None) -> None:
        """All of it on the disk, unless that is full."""
        expect(self.page.locator("#save-now")).to_have_text(f"Not sent yet: {count}")
        on_disk = count if on_disk is None else on_disk
        self.waits_until(lambda: len(self.waiting()) == on_disk)

    def sends_everything(self) -> None:
        self.waits_until(lambda: not self.waiting())

    def waits_until(self, condition: Callable[[], bool]) -> None:
        """For what no element shows. Waits as a page does, so that routes are answered meanwhile."""
        for _ in range(LONGEST_WAIT * 20):
            if condition():
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"waited in vain; the queue holds {self.waiting()}")

    def has_cache(self, start: str) -> bool:
        names = self.page.evaluate("caches.keys()")
        return any(name.startswith(start) for name in names)

    def waiting(self) -> list[dict[str, Any]]:
        return list(self.page.evaluate(QUEUE))
