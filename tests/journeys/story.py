"""What the steps of the story share: the site, the browser windows of its people, and the addresses they know."""

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser

from tests.journeys.cast import PASSWORD, Autumn, Member
from tests.journeys.keyboard import Visitor
from tests.journeys.site import Site


@dataclass
class Story:
    site: Site
    browser: Browser
    autumn: Autumn
    directory: Path
    cohort: str = ""
    credential: str = ""
    check_address: str = ""
    sessions: list[str] = field(default_factory=list)
    records: dict[str, str] = field(default_factory=dict)
    visitors: dict[str, Visitor] = field(default_factory=dict)

    def stranger(self) -> Visitor:
        """Somebody at a fresh browser."""
        context = self.browser.new_context(locale="en-US", base_url=self.site.address)
        return Visitor(context.new_page(), self.site.address)

    def of(self, member: Member) -> Visitor:
        """The browser in which this person is signed in."""
        return self.visitors[member.name]

    def record_of(self, member: Member) -> str:
        """The address of this trainee's enrollment."""
        return self.records[member.name]

    def joins(self, member: Member) -> Visitor:
        """The person opens the link that was mailed to them and sets a password, which signs them in."""
        visitor = self.stranger()
        visitor.open(self.site.link_mailed_to(member.email))
        visitor.heading("Choose a password")
        visitor.reads(member.name, member.email)
        visitor.type("New password", PASSWORD)
        visitor.press("Set the password and sign in")
        self.visitors[member.name] = visitor
        return visitor

    def signs_in(self, member: Member) -> Visitor:
        """The person comes back another day, at another browser."""
        visitor = self.stranger()
        visitor.open("/sign-in")
        visitor.type("E-mail address", member.email)
        visitor.type("Password", PASSWORD)
        visitor.press("Sign in")
        self.visitors[member.name] = visitor
        return visitor
