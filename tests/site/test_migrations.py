"""Every migration up and down with data, on the database under test."""

import pytest
from alembic.config import Config as AlembicConfig
from alembic.script import ScriptDirectory
from flask_migrate import check, downgrade, upgrade
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from advocates.application import create_app
from advocates.audit.append_only import APPEND_ONLY, missing_triggers
from advocates.cohorts.enrolling import enroll_newcomers
from advocates.cohorts.rules import Line, Newcomer
from advocates.curriculum.models import CurriculumVersion
from advocates.database import db
from tests.conftest import settings_for
from tests.factories.admissions import make_agency, make_quota, make_waiting, make_window
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.materials import make_material
from tests.factories.people import make_person
from tests.factories.question_bank import make_question
from tests.factories.transfers import make_transfer


@pytest.fixture
def own_app(fresh_database, tmp_path):
    """An app on a database of its own, that a test may take apart."""
    app = create_app(settings_for(fresh_database("migrations"), tmp_path))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def _revisions(app):
    config = AlembicConfig()
    config.set_main_option("script_location", str(app.extensions["migrate"].directory))
    return [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]


def _counts():
    tables = inspect(db.engine).get_table_names()
    with db.engine.connect() as connection:
        counted = {t: connection.execute(text(f'SELECT count(*) FROM "{t}"')).scalar_one() for t in tables}
        connection.rollback()
    return counted


def test_models_and_migrations_agree(own_app):
    check()


def test_every_migration_goes_down_and_up_again(own_app):
    cohort = make_cohort()
    make_enrollment(cohort)
    make_window(cohort)
    make_material(cohort.curriculum_version_id, make_person("Ada Quill"))
    make_question(db.session.get_one(CurriculumVersion, cohort.curriculum_version_id), make_person("Ines Marlow"))
    make_quota(cohort, make_agency(), 2)
    (waiting,) = make_waiting(cohort, "Wen Harlow")
    enroll_newcomers(waiting.person_id, cohort.id, [Line(1, Newcomer("Tamsin Vale"))])
    db.session.commit()
    make_transfer()
    db.session.remove()
    revisions = _revisions(own_app)
    assert len(revisions) >= 10
    for revision in [*revisions[1:], "base"]:
        before = _counts()
        downgrade(revision=revision)
        after = _counts()
        kept = [table for table in after if table != "alembic_version"]
        assert {t: after[t] for t in kept} == {t: before[t] for t in kept}
    upgrade()
    assert _counts()["audit_head"] == 1
    assert not _missing()


def test_all_append_only_triggers_are_in_place(own_app):
    assert not _missing()


def test_a_dropped_trigger_is_noticed(own_app):
    table = next(iter(APPEND_ONLY))
    on_table = "" if db.engine.dialect.name == "sqlite" else f" ON {table}"
    with db.engine.begin() as connection:
        connection.execute(text(f"DROP TRIGGER {table}_no_update{on_table}"))
    assert _missing() == {f"{table}_no_update"}
    assert own_app.test_client().get("/readyz").status_code == 503


def test_the_audit_chain_cannot_be_changed(own_app):
    with db.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO audit_event (seq, occurred_at, action, payload, hash) "
                "VALUES (1, '2026-01-01 00:00:00', 'test', '{}', 'x')"
            )
        )
    statements = [
        "UPDATE audit_event SET payload = 'y'",
        "DELETE FROM audit_event",
        "INSERT INTO audit_event (seq, occurred_at, action, payload, hash) "
        "VALUES (1, '2026-01-01 00:00:00', 'test', '{}', 'z')",
    ]
    if db.engine.dialect.name == "sqlite":
        statements.append(statements[-1].replace("INSERT INTO", "INSERT OR REPLACE INTO"))
    else:
        statements.append("TRUNCATE audit_event CASCADE")
    for statement in statements:
        with pytest.raises(DBAPIError), db.engine.begin() as connection:
            connection.execute(text(statement))
    with db.engine.begin() as connection:
        assert connection.execute(text("SELECT payload FROM audit_event")).scalars().all() == ["{}"]


def _missing():
    with db.engine.connect() as connection:
        missing = missing_triggers(connection)
        connection.rollback()
    return missing
