"""Somebody who uses the site with a keyboard alone: Tab until the control has the focus, then Enter, Space or letters.

Nothing here clicks or sets a value from outside, so what a journey does, a keyboard can do.
"""

import re
import uuid
from datetime import date, time

from playwright.sync_api import APIResponse, Locator, Page, expect

FARTHEST = 600
HAS_FOCUS = "(control) => document.activeElement === control"
GROUP_HAS_FOCUS = "(r) => document.activeElement.type === 'radio' && document.activeElement.name === r.name"


class Visitor:
    """One person at one browser, whose pages are read by what their main part says."""

    def __init__(self, page: Page, site_address: str) -> None:
        self.page = page
        self.site_address = site_address

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.site_address)

    def open(self, address: str) -> None:
        """Type an address: a path of the site, or a whole link."""
        self.page.goto(address if "://" in address else self.site_address + address)

    def reads(self, *texts: str, within: Locator | None = None) -> None:
        """The page (or a part of it) says all of this."""
        for text in texts:
            expect(within or self.main).to_contain_text(text)

    def place_of(self, text: str) -> int:
        """How far down the page this stands; whoever types a column goes from top to bottom."""
        return self.main.inner_text().index(text)

    def heading(self, text: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(text)

    def type(self, label: str, text: str, within: Locator | None = None) -> None:
        """Into the field with this label, in place of what it holds."""
        self.tab_to(self._field(label, within))
        self.page.keyboard.press("ControlOrMeta+a")
        if "\n" in text:
            # Typed line by line it would be the same; a long list is pasted.
            self.page.keyboard.insert_text(text)
        else:
            self.page.keyboard.type(text)

    def type_day(self, label: str, day: date) -> None:
        """A day as its field asks for it in the United States: month, day, year."""
        self.tab_to(self._field(label))
        self.page.keyboard.type(f"{day:%m%d%Y}")

    def type_time(self, label: str, clock: time) -> None:
        self.tab_to(self._field(label))
        self.page.keyboard.type(f"{clock:%I%M%p}")

    def choose(self, label: str, option: str, within: Locator | None = None) -> None:
        """In a list that opens, by the first letters of the option."""
        field = self._field(label, within)
        self.tab_to(field)
        self.page.keyboard.type(option)
        expect(field.locator("option:checked")).to_have_text(option)

    def tick(self, label: str, within: Locator | None = None) -> None:
        """A check box, or one radio button of a group."""
        box = self._field(label, within)
        self.tab_to(box)
        if box.get_attribute("type") == "radio":
            self._move_to(box)
        if not box.is_checked():
            self.page.keyboard.press("Space")
        expect(box).to_be_checked()

    def press(self, name: str, within: Locator | None = None) -> None:
        self.enter((within or self.main).get_by_role("button", name=name))

    def follow(self, name: str, within: Locator | None = None) -> None:
        self.enter((within or self.main).get_by_role("link", name=name))

    def enter(self, control: Locator) -> None:
        self.tab_to(control)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def unfold(self, summary: Locator) -> None:
        self.tab_to(summary)
        self.page.keyboard.press("Enter")
        expect(summary.locator("xpath=..")).to_have_attribute("open", "")

    def send(self, path: str) -> APIResponse:
        """Call an address directly, as no button of the page would, with the page's own token."""
        token = self.page.locator("meta[name=form-token]").get_attribute("content") or ""
        fields = {"form_token": token, "request_key": str(uuid.uuid4())}
        return self.page.request.post(self.site_address + path, form=fields)

    def tab_to(self, control: Locator) -> None:
        """Press Tab until the control has the focus; of radio buttons, until one of their group has it."""
        expect(control).to_have_count(1)
        wanted = control.element_handle()
        has_focus = GROUP_HAS_FOCUS if wanted.get_attribute("type") == "radio" else HAS_FOCUS
        for _ in range(FARTHEST):
            if wanted.evaluate(has_focus):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches {control}")

    def _field(self, label: str, within: Locator | None = None) -> Locator:
        return (within or self.main).get_by_label(re.compile(rf"^{re.escape(label)}( \(optional\))?$"))

    def _move_to(self, radio: Locator) -> None:
        for _ in range(FARTHEST):
            if radio.evaluate(HAS_FOCUS):
                return
            self.page.keyboard.press("ArrowRight")
        raise AssertionError(f"the arrows never reach {radio}")
