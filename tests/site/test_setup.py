"""The two commands: what they lock, what they say when they cannot go on, and how they stop."""

import hashlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from http.client import HTTPConnection
from pathlib import Path

import psutil
import pytest

import config

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("app", "test", "assets")
LIST_FILES = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
UNTRACKED = (".venv", "node_modules", "static/vendor")
Start = Callable[..., subprocess.Popen[str]]
# A package in C whose builder needs nothing but the compiler that CC names.
BUILDER = """
import os, pathlib, subprocess

def {describe}(folder, settings=None):
    pathlib.Path(folder, "probe-1.0.dist-info").mkdir()
    text = "Metadata-Version: 2.1\\nName: probe\\nVersion: 1.0\\n"
    pathlib.Path(folder, "probe-1.0.dist-info", "METADATA").write_text(text)
    return "probe-1.0.dist-info"

def build_wheel(folder, settings=None, metadata=None):
    subprocess.run([os.environ["CC"], "-c", "probe.c"], check=True)
"""


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


@pytest.fixture
def start(checkout: Path) -> Iterator[Start]:
    begun: list[subprocess.Popen[str]] = []

    def start(**settings: str) -> subprocess.Popen[str]:
        # Under a shell that runs in the background Ctrl-C is ignored, and so it would be by what is started here.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        process = subprocess.Popen(
            ["bin/start"],
            cwd=checkout,
            env=environment(**settings),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        begun.append(process)
        return process

    yield start
    for process in begun:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def environment(**more: str) -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("ADVOCATES_", "PIP_"))} | more


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
        ("npm error code ENOTFOUND", "package servers cannot be reached"),
        ("npm error code EPERM", "no permission"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("error: command 'gcc' failed: No such file\nERROR: Failed building wheel for x", "no compiler was found"),
        ("error: [Errno 2] No such file or directory: 'x86_64-linux-gnu-g++'", "no compiler was found"),
        ("../meson.build:1:0: ERROR: Unknown compiler(s): [['cc'], ['gcc']]", "no compiler was found"),
        ("CMake Error: CMAKE_C_COMPILER not set, after EnableLanguage", "no compiler was found"),
        ("error: command '/usr/bin/gcc' failed with exit code 1\nFailed building wheel", "could not be built here"),
        ("error: [Errno 2] No such file or directory: 'src/x.cc'\nFailed to build x", "could not be built here"),
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


@pytest.mark.parametrize(
    ("describes", "compiler", "sentence"),
    [
        (True, "/nowhere/gcc", "no compiler was found"),
        (False, "/nowhere/gcc", "no compiler was found"),
        (True, "false", "could not be built here"),
        (False, "false", "could not be built here"),
    ],
)
def test_a_package_that_pip_cannot_build_is_told_from_a_missing_compiler(
    checkout: Path, describes: bool, compiler: str, sentence: str
) -> None:
    """Without its own description pip builds a package to learn its name, and words the failure differently."""
    probe = checkout / "packages" / "probe-1.0"
    probe.mkdir(parents=True)
    settings = '[build-system]\nrequires = []\nbuild-backend = "builder"\nbackend-path = ["."]\n'
    (probe / "pyproject.toml").write_text(settings)
    describe = "prepare_metadata_for_build_wheel" if describes else "unused"
    (probe / "builder.py").write_text(BUILDER.replace("{describe}", describe))
    (probe / "PKG-INFO").write_text("Metadata-Version: 2.1\nName: probe\nVersion: 1.0\n")
    package = probe.with_name("probe-1.0.tar.gz")
    with tarfile.open(package, "w:gz") as archive:
        archive.add(probe, probe.name)
    ended = _set_up(checkout, package, _sha256(package), CC=compiler)
    assert ended.returncode == 1
    assert sentence in ended.stderr.splitlines()[-1]
    assert not (checkout / ".venv" / "app.lock").exists()


@pytest.mark.parametrize("altered", [False, True])
def test_a_package_of_another_content_than_locked_is_not_installed(checkout: Path, altered: bool) -> None:
    package = checkout / "packages" / "probe-1.0-py3-none-any.whl"
    package.parent.mkdir()
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("probe.py", "")
        archive.writestr("probe-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: probe\nVersion: 1.0\n")
        archive.writestr("probe-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr("probe-1.0.dist-info/RECORD", "")
    locked = _sha256(package)
    ended = _set_up(checkout, package, locked[1:] + locked[0] if altered else locked)
    assert ended.returncode == altered, ended.stderr
    assert ("not the one this project was tested with" in ended.stderr) == altered
    assert (checkout / "installed" / "probe.py").exists() != altered
    assert (checkout / ".venv" / "app.lock").exists() != altered


def _sha256(package: Path) -> str:
    return hashlib.sha256(package.read_bytes()).hexdigest()


def _set_up(checkout: Path, package: Path, locked: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run bin/setup with a lock of one package, found in its folder alone; the shared environment stays as it is."""
    (checkout / "requirements" / "app.txt").write_text(f"probe==1.0 --hash=sha256:{locked}\n")
    (checkout / ".venv").unlink()
    (checkout / ".venv").mkdir()
    for shared in (ROOT / ".venv").iterdir():
        if shared.suffix != ".lock":
            (checkout / ".venv" / shared.name).symlink_to(shared)
    pip = {
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(package.parent),
        "PIP_TARGET": str(checkout / "installed"),
    }
    return subprocess.run(
        ["bin/setup"], cwd=checkout, env=environment(**pip, **settings), capture_output=True, text=True
    )


def test_a_port_in_use_is_named_with_the_way_out(checkout: Path, start: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        said, _ = (process := start(ADVOCATES_PORT=port)).communicate(timeout=60)
    assert process.returncode == 1
    assert f"port {port} is in use" in said
    assert not (checkout / "instance" / "advocates.sqlite").exists()


def test_a_wrong_setting_stops_the_start_with_its_name(start: Start, free_port: int) -> None:
    process = start(ADVOCATES_PORT=str(free_port), ADVOCATES_TIME_ZONE="Mars/Olympus")
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert said.splitlines()[-1].startswith("Stopped: ADVOCATES_TIME_ZONE must be")


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_start_serves_offers_the_first_link_and_stops_whole(
    checkout: Path, start: Start, free_port: int, asked: signal.Signals
) -> None:
    process = start(ADVOCATES_PORT=str(free_port))
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


def test_start_ends_with_an_error_when_its_worker_dies(start: Start, free_port: int) -> None:
    process = start(ADVOCATES_PORT=str(free_port))
    _read_until(process, "Ctrl-C stops it")
    family = psutil.Process(process.pid).children(recursive=True)
    (worker,) = [child for child in family if _is_worker(child)]
    worker.kill()
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "the background worker ended by itself" in said
    _, alive = psutil.wait_procs(family, timeout=5)
    assert alive == []


def _is_worker(process: psutil.Process) -> bool:
    # The sleep between two looks at the children is one of them, and ends.
    with suppress(psutil.NoSuchProcess):
        return "worker" in process.cmdline()
    return False


def _read_until(process: subprocess.Popen[str], sign: str) -> str:
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if sign in line:
            return said
    process.communicate()
    raise AssertionError(said)
