"""The two commands: what they lock, what they say when they cannot go on, and how they stop."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import psutil
import pytest

import config

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("app", "test", "assets")
LIST_FILES = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
UNTRACKED = (".venv", "node_modules", "static/vendor")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the project with its own empty instance folder; what set-up installs is shared."""
    tracked = subprocess.run(LIST_FILES, cwd=ROOT, capture_output=True, check=True).stdout
    for name in tracked.decode().split("\0"):
        if name and (ROOT / name).is_file():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, tmp_path / name)
    for name in UNTRACKED:
        (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(checkout: Path, **settings: str) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ADVOCATES_")}
    return subprocess.Popen(
        ["bin/start"],
        cwd=checkout,
        env=kept | settings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_python_package_has_a_hash_and_no_address(name: str) -> None:
    lock = (ROOT / "requirements" / f"{name}.txt").read_text()
    entries = re.split(r"\n(?=[a-z])", lock.strip())
    assert all("==" in entry and "--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"https?:|--(extra-)?index|file:", lock)


def test_npm_packages_are_locked_by_content_without_an_address() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    packages = [entry for path, entry in lock["packages"].items() if path]
    assert packages
    assert all("integrity" in entry and "resolved" not in entry for entry in packages)


def test_tests_run_on_the_same_versions_as_the_application() -> None:
    pins = {name: set(_pins(name)) for name in ("app", "test")}
    assert pins["app"] <= pins["test"]


def _pins(name: str) -> list[str]:
    return re.findall(r"^\S+==\S+", (ROOT / "requirements" / f"{name}.txt").read_text(), re.MULTILINE)


def test_readme_documents_every_setting() -> None:
    readme = (ROOT / "README.md").read_text()
    names = [f"`ADVOCATES_{name.upper()}`" for name in config.Config.__dataclass_fields__]
    assert [name for name in names if name not in readme] == []


@pytest.mark.parametrize(
    ("log", "sentence"),
    [
        ("Failed to establish a new connection: [Errno -3]", "package servers cannot be reached"),
        ("npm error code EAI_AGAIN", "package servers cannot be reached"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("error: command 'gcc' failed: No such file\nERROR: Failed building wheel for x", "no compiler was found"),
        ("E: Could not open lock file - open (13: Permission denied)", "no permission"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "not the one this project"),
        ("something new", '"Python packages" failed'),
    ],
)
def test_a_failed_step_ends_with_one_clear_sentence(tmp_path: Path, log: str, sentence: str) -> None:
    script = f'. "{ROOT}/bin/progress.sh"; prepare_log; step "Python packages" sh -c \'cat given; exit 1\''
    (tmp_path / "given").write_text(log)
    ended = subprocess.run(["sh", "-c", script], cwd=tmp_path, capture_output=True, text=True)
    assert ended.returncode == 1
    assert sentence in ended.stderr.splitlines()[-1]


def test_a_port_in_use_is_named_with_the_way_out(checkout: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        said, _ = (process := start(checkout, ADVOCATES_PORT=port)).communicate(timeout=60)
    assert process.returncode == 1
    assert f"port {port} is in use" in said
    assert not (checkout / "instance" / "advocates.sqlite").exists()


def test_a_wrong_setting_stops_the_start_with_its_name(checkout: Path, free_port: int) -> None:
    process = start(checkout, ADVOCATES_PORT=str(free_port), ADVOCATES_TIME_ZONE="Mars/Olympus")
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert said.splitlines()[-1].startswith("Stopped: ADVOCATES_TIME_ZONE must be")


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_start_serves_offers_the_first_link_and_stops_whole(
    checkout: Path, free_port: int, asked: signal.Signals
) -> None:
    process = start(checkout, ADVOCATES_PORT=str(free_port))
    said = _read_until(process, "Ctrl-C stops it")
    family = psutil.Process(process.pid).children(recursive=True)
    try:
        with closing(HTTPConnection("127.0.0.1", free_port, timeout=10)) as connection:
            connection.request("GET", "/healthz")
            answer = connection.getresponse()
            assert (answer.status, answer.read()) == (200, b'{"status":"alive"}\n')
        # The one-time link: the bare address alone has no path.
        assert f"http://127.0.0.1:{free_port}/" in said
        assert (checkout / "instance" / "secret_key").stat().st_mode & 0o777 == 0o600
    finally:
        process.send_signal(asked)
        process.communicate(timeout=60)
    assert process.returncode == 0
    assert len(family) >= 2
    _, alive = psutil.wait_procs(family, timeout=5)
    assert alive == []


def test_start_ends_with_an_error_when_its_worker_dies(checkout: Path, free_port: int) -> None:
    process = start(checkout, ADVOCATES_PORT=str(free_port))
    _read_until(process, "Ctrl-C stops it")
    family = psutil.Process(process.pid).children(recursive=True)
    (worker,) = [child for child in family if "worker" in child.cmdline()]
    worker.kill()
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "the background worker ended by itself" in said
    _, alive = psutil.wait_procs(family, timeout=5)
    assert alive == []


def _read_until(process: subprocess.Popen[str], sign: str) -> str:
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if sign in line:
            return said
    process.communicate()
    raise AssertionError(said)
