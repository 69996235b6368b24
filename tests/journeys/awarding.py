"""Steps 8 to 10: who graduates and what others lack, the certificates, and the public check."""

import io
import re

from playwright.sync_api import expect
from pypdf import PdfReader

from tests.journeys.cast import (
    ABSENT,
    ADMINISTRATOR,
    FAILED_TEST,
    FULL,
    LACKS_SKILL,
    LEFT_EARLY,
    READY,
    STEPPED_OUT,
    UNNAMED,
    UNSIGNED,
)
from tests.journeys.story import Story

PATIENCE = 120_000
LACKS = {
    LEFT_EARLY: ("0 h 10 min", "Impact of trauma"),
    ABSENT: ("2 h 50 min", "Ethics, boundaries", "1 h 10 min", "Impact of trauma", "1 h 40 min"),
    FAILED_TEST: ("Post-test", "34", "35"),
    LACKS_SKILL: ("Hands over and closes",),
    UNSIGNED: ("1 agreement not signed yet: code of ethics",),
    UNNAMED: ("name",),
}


def graduation_page(story: Story) -> None:
    """Who is ready; of each other person, exactly what falls short."""
    admin = story.of(ADMINISTRATOR)
    admin.open(story.cohort)
    admin.follow("Graduation")
    admin.reads(f"Ready{len(READY)}", f"Not ready yet{len(LACKS)}", "Issued0")
    for member, sentences in LACKS.items():
        person = admin.main.get_by_role("listitem").filter(has=admin.page.get_by_role("heading", name=member.name))
        admin.reads(*sentences, within=person)


def issue_to_the_ready(story: Story) -> None:
    admin = story.of(ADMINISTRATOR)
    admin.unfold(admin.main.locator("summary", has_text=f"Issue {len(READY)} certificates"))
    admin.press(f"Issue {len(READY)} certificates for good")
    admin.heading("Issuing certificates")
    expect(admin.main.get_by_role("progressbar")).to_have_attribute("max", str(len(READY)))
    expect(admin.main.get_by_text("All done.")).to_be_visible(timeout=PATIENCE)
    admin.reads(f"{len(READY)} / {len(READY)}")
    for member in READY:
        admin.reads("NOC-", "Issued", within=admin.main.get_by_role("row", name=member.name))


def nobody_is_issued_by_address(story: Story) -> None:
    """Calling the address without the page's button is refused, with the reasons."""
    admin = story.of(ADMINISTRATOR)
    for member, reason in (
        (ABSENT, "Contact hours fall short of the required total"),
        (FAILED_TEST, "The post-test has not been passed"),
        (UNSIGNED, "An agreement has not been signed"),
    ):
        answer = admin.send(story.record_of(member) + "/credential")
        assert answer.status == 409, answer.text()
        assert "Not issued: requirements fall short" in answer.text()
        assert reason in answer.text()


def certificate_opens(story: Story) -> None:
    """The graduate's own copy says what was earned, and where to check it."""
    trainee = story.of(STEPPED_OUT)
    trainee.open("/")
    trainee.reads("Congratulations. Your certificate is issued.")
    trainee.follow("See it")
    serial = re.search(r"NOC-\d{4}-\d{4}", trainee.main.inner_text())
    address = trainee.main.get_by_role("link", name="/verify/").inner_text()
    link = trainee.main.get_by_role("link", name="Open the certificate (PDF)").get_attribute("href") or ""
    answer = trainee.page.request.get(story.site.address + link)
    assert answer.headers["content-type"] == "application/pdf"
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(answer.body())).pages]
    assert len(pages) == 2
    assert serial
    for said in ("Victim Advocate Training", STEPPED_OUT.name, "40 h 00 min", serial[0], address, "Philippa Amberson"):
        assert said in pages[0]
    assert "Impact of trauma from violent crime" in pages[1]
    assert "Impact of trauma from violent crime" not in pages[0]
    file = story.directory / "certificate.pdf"
    file.write_bytes(answer.body())
    assert "in force" in story.site.command("credentials", "check", str(file))
    story.credential, story.check_address = trainee.path, address


def anybody_can_check_it(story: Story) -> None:
    stranger = story.stranger()
    stranger.open(story.check_address)
    stranger.heading("This certificate is valid")
    stranger.reads(
        "Genuine and in force.", "Victim Advocate Training", "40 h 00 min", "Northbridge Office of Community Care"
    )
    assert STEPPED_OUT.name not in stranger.page.content()
    for name, said in (
        (FULL[0].name, "No: this is not the name"),
        (STEPPED_OUT.name, "Yes: this is the name that was printed."),
    ):
        stranger.type("Name on the certificate", name)
        stranger.press("Confirm the name")
        stranger.reads(said)


def revoked_reads_revoked(story: Story) -> None:
    admin = story.of(ADMINISTRATOR)
    admin.open(story.credential)
    admin.follow("Revoke")
    admin.choose("Reason", "It was issued in error")
    admin.press("Revoke the certificate")
    admin.reads("The certificate is revoked.")
    stranger = story.stranger()
    stranger.open(story.check_address)
    stranger.heading("This certificate was revoked")
    stranger.reads("It is no longer in force.")


def books_agree(story: Story) -> None:
    """What the ledger says follows from the facts, and the audit trail is whole."""
    assert "0 differences" in story.site.command("hours", "check")
    assert "chain unbroken" in story.site.command("audit", "check")
