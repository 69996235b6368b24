"""Curricula from the command line."""

import uuid
from importlib import resources

import pytest
from sqlalchemy import func, select

from advocates.curriculum.models import CurriculumVersion
from advocates.database import db

FOLDER = resources.files("advocates.curriculum.data")


def run(app, *arguments):
    return app.test_cli_runner().invoke(args=["curriculum", *map(str, arguments)])


@pytest.mark.parametrize("name", ["chicago-40h.json", "statewide-40h.json"])
def test_import_prints_the_new_id_and_export_gives_the_same_bytes(app, name):
    with resources.as_file(FOLDER.joinpath(name)) as path:
        imported = run(app, "import", path)
        assert imported.exit_code == 0
        version_id = uuid.UUID(imported.stdout.strip())
        exported = run(app, "export", version_id)
        assert exported.stdout_bytes == path.read_bytes()


def test_importing_twice_prints_the_same_id_and_says_that_nothing_changed(app):
    with resources.as_file(FOLDER.joinpath("chicago-40h.json")) as path:
        first, second = run(app, "import", path), run(app, "import", path)
    assert first.stdout == second.stdout
    assert "nothing was changed" in second.stderr


def test_a_bad_file_is_refused_with_every_problem(app, tmp_path):
    path = tmp_path / "bad.json"
    path.write_text(
        FOLDER.joinpath("chicago-40h.json").read_text().replace('"contact_minutes": 90,', '"contact_minutes": -1,', 1)
    )
    result = run(app, "import", path)
    assert result.exit_code == 1
    assert "module 1 (A1), contact_minutes: This must be a whole number" in result.stderr
    assert db.session.scalar(select(func.count()).select_from(CurriculumVersion)) == 0


def test_a_missing_version_is_said(app):
    result = run(app, "export", uuid.uuid4())
    assert result.exit_code == 1
    assert "there is no curriculum version" in result.stderr
