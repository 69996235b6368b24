"""The shape of the code: sizes, names, import contracts."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted([*ROOT.glob("advocates/**/*.py"), ROOT / "config.py", ROOT / "wsgi.py"])
TESTS = sorted(ROOT.glob("tests/**/*.py"))
TEMPLATES = sorted(ROOT.glob("templates/**/*.html"))
HIDING_NAMES = {"utils", "util", "helpers", "helper", "services", "service", "common", "core", "manager", "misc"}


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_no_source_file_passes_400_lines(path):
    assert len(path.read_text().splitlines()) <= 400


@pytest.mark.parametrize("path", TESTS, ids=_name)
def test_no_test_file_passes_500_lines(path):
    assert len(path.read_text().splitlines()) <= 500


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_no_template_passes_150_lines(path):
    assert len(path.read_text().splitlines()) <= 150


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_views_have_at_most_25_lines_and_other_functions_40(path):
    limit = 25 if "views" in path.parts or path.name == "views.py" else 40
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno + 1 <= limit, f"{node.name} is longer than {limit} lines"


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_every_module_says_what_it_is_and_none_hides_a_concept(path):
    assert ast.get_docstring(ast.parse(path.read_text())), "a module docstring is missing"
    assert path.stem not in HIDING_NAMES


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_only_the_clock_reads_the_time(path):
    if path.name == "clock.py":
        return
    text = path.read_text()
    for call in ("datetime.now(", "date.today(", "datetime.utcnow(", "time.time("):
        assert call not in text


def test_import_contracts_hold():
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    result = subprocess.run([*command, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout
    assert "0 broken" in result.stdout
