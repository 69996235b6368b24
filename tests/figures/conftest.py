"""What the figures need: a database to go back to, the checks as an operator runs them, and where figures are kept."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import create_engine, make_url, text

import config
from advocates.database import db
from tests.conftest import SECRET
from tests.figures.writing import keep
from tests.journeys.site import FLASK

Restore = Callable[[], None]


@pytest.fixture
def figure(request: pytest.FixtureRequest, database_kind: str) -> Callable[[str, str, object], None]:
    """Keeps a figure for docs/figures.md: its section, what it is, its value."""
    is_sample = request.node.get_closest_marker("long") is None
    return lambda section, what, value: keep(section, what, database_kind, value, is_sample=is_sample)


@pytest.fixture
def take_snapshot(app: Flask, database_kind: str) -> Callable[[], Restore]:
    """Keeps the database as it is; what is returned goes back to it, any number of times."""
    url = make_url(app.config["SQLALCHEMY_DATABASE_URI"])

    def close() -> None:
        db.session.remove()
        db.engine.dispose()

    def take_file() -> Restore:
        close()
        path, kept = Path(str(url.database)), Path(f"{url.database}.snapshot")
        assert not Path(f"{path}-wal").exists()
        shutil.copyfile(path, kept)

        def restore() -> None:
            close()
            for suffix in ("-wal", "-shm"):
                Path(f"{path}{suffix}").unlink(missing_ok=True)
            shutil.copyfile(kept, path)

        return restore

    def take_database() -> Restore:
        close()
        maintenance = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")

        def again(name: str, template: str) -> None:
            with maintenance.connect() as connection:
                connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
                connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
            maintenance.dispose()

        again("snapshot", str(url.database))

        def restore() -> None:
            close()
            again(str(url.database), "snapshot")

        return restore

    return take_file if database_kind == "sqlite" else take_database


@pytest.fixture
def flask_command(app: Flask, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs `flask ...` on the database of the test as a process of its own, as an operator does."""

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        db.session.remove()
        settings = {
            "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
            "SECRET_KEY": SECRET,
            "JOBS_PATH": str(tmp_path / "jobs.sqlite"),
        }
        ours = {name: value for name, value in os.environ.items() if not name.startswith("ADVOCATES_")}
        environment = ours | {f"ADVOCATES_{name}": value for name, value in settings.items()}
        return subprocess.run(
            [*FLASK, *words], cwd=config.ROOT, env=environment, capture_output=True, text=True, check=False
        )

    return run


@pytest.fixture
def all_is_well(flask_command: Callable[..., Any]) -> Callable[[], None]:
    """`hours check` and `audit check` find nothing."""

    def check() -> None:
        for words in (("hours", "check"), ("audit", "check")):
            done = flask_command(*words)
            assert done.returncode == 0, f"flask {' '.join(words)}: {done.stdout}{done.stderr}"

    return check
