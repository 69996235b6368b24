"""A meeting's report in a browser: looked through, somebody told who they are, saved; on a phone and a wide screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.phone import HEIGHT, WIDTH, Phone, make_class, opened
from tests.journeys.test_accessibility import DESKTOP, TURN_AROUND, WCAG, Axe, _shoot, _sideways
from tests.mark_files.reports import ZOOM


@pytest.fixture
def phone(fresh_database, tmp_path, browser: Browser) -> Iterator[Phone]:
    with opened(fresh_database("files"), tmp_path) as house:
        phone = Phone(browser, house)
        yield phone
        phone.context.close()


def test_a_report_is_looked_through_and_saved(phone: Phone, tmp_path: Path) -> None:
    room = make_class(phone.house, 3)
    phone.belongs_to(room.trainer_id)
    phone.opens(room.path)
    report = tmp_path / "report.csv"
    report.write_text(ZOOM, encoding="utf-8")
    page = phone.page
    page.get_by_role("link", name="Marks from a file").click()
    page.get_by_label("File", exact=True).set_input_files(report)
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("heading", name="Not on the register")).to_be_visible()
    assert list(problems(page, "preview")) == []
    page.get_by_label("“iPhone” is").select_option("محمد العلي")
    page.get_by_role("button", name="Save what is ticked").click()
    expect(page.get_by_text("This is not what was shown before")).to_be_visible()
    assert sum(map(len, room.stored().values())) == 0
    page.get_by_role("button", name="Save what is ticked").click()
    expect(page.get_by_text("3 marks saved from the file.")).to_be_visible()
    assert room.stored() == {"Łucja Wiśniewska": ["present"], "Nguyễn Thị Hạnh": ["present"], "محمد العلي": ["present"]}


def problems(page: Page, name: str) -> Iterator[str]:
    for viewport in (DESKTOP, {"width": WIDTH, "height": HEIGHT}):
        page.set_viewport_size(viewport)  # type: ignore[arg-type]
        found = Axe().run(page, options={"runOnly": WCAG, "resultTypes": ["violations"]})
        yield from (violation["id"] for violation in found.response["violations"])
        yield from _sideways(page, name)
        _shoot(page, "trainer", f"marks-from-file-{name}", viewport["width"])
    page.evaluate(TURN_AROUND)
    yield from _sideways(page, f"{name}, right to left")
