"""A real browser on a real site. Everything here is marked `browser`."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.site import Site, serve


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium where there is one, as root and in a container too."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    where = {"executable_path": found} if found else {}
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    return browser_type_launch_args | where | {"args": quiet}


@pytest.fixture
def site(fresh_database: Callable[[str], str], tmp_path: Path) -> Iterator[Site]:
    """A site on an empty, migrated database."""
    with serve(fresh_database("journey"), tmp_path) as site:
        yield site
