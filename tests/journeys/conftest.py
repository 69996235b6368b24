"""A real browser on a real site. Everything here is marked `browser`."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.journeys.phone import Class, House, Phone, make_class, opened
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


@pytest.fixture(scope="module")
def house(
    fresh_database: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[House]:
    """A server for all tests of a module, on its own database."""
    name = request.module.__name__.rpartition(".")[2].removeprefix("test_")
    with opened(fresh_database(name), tmp_path_factory.mktemp(name)) as house:
        yield house


@pytest.fixture
def service_workers() -> str:
    return "allow"


@pytest.fixture
def phone(house: House, browser: Browser, service_workers: str) -> Iterator[Phone]:
    phone = Phone(browser, house, service_workers=service_workers)
    yield phone
    phone.context.close()


@pytest.fixture
def room(house: House, phone: Phone) -> Class:
    """Three people, and their register open on the phone."""
    of_three = make_class(house, 3)
    phone.belongs_to(of_three.trainer_id)
    phone.opens(of_three.path)
    return of_three
