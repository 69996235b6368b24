"""Step 1: the first administrator, the curriculum, the issuer and the texts to sign."""

import json
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from advocates.curriculum import shipped
from tests.journeys.cast import ADMINISTRATOR, PASSWORD
from tests.journeys.keyboard import Visitor
from tests.journeys.story import Story

CURRICULUM = Path(shipped.__file__).parent / "data" / "chicago-40h.json"


def first_administrator(story: Story) -> None:
    visitor = story.stranger()
    link = story.site.command("people", "create-administrator")
    visitor.open(link)
    visitor.heading("Create the first administrator")
    visitor.type("Your name", ADMINISTRATOR.name)
    visitor.type("E-mail address", ADMINISTRATOR.email)
    visitor.type("Password", PASSWORD)
    visitor.press("Set the password and sign in")
    visitor.heading("Home")
    story.visitors[ADMINISTRATOR.name] = visitor
    somebody_else = story.stranger()
    somebody_else.open(link)
    somebody_else.heading("This link no longer works")


def import_the_curriculum(story: Story) -> None:
    """The project's own file; one minute more or less could not be published."""
    admin = story.of(ADMINISTRATOR)
    document = json.loads(CURRICULUM.read_text())
    for minutes, wrong, by in ((-1, "39 h 59 min", "Too few"), (1, "40 h 01 min", "Too many")):
        _upload(admin, _lengthened(document, minutes))
        admin.reads("This draft cannot be published yet", wrong, by, "1 min", "18")
        expect(admin.main.get_by_text("Publish this version")).to_have_count(0)
        admin.unfold(admin.main.locator("summary", has_text="Discard this draft"))
        admin.press("Discard the draft")
    _upload(admin, document)
    admin.reads("Modules come to40 h 00 min", "Required40 h 00 min", "Modules18")
    admin.unfold(admin.main.locator("summary", has_text="Publish this version"))
    admin.press("Publish version 1 for good")
    admin.reads("A published version never changes")
    expect(admin.main.get_by_role("button", name=re.compile("Publish|Discard"), include_hidden=True)).to_have_count(0)
    assert admin.send(f"{admin.path}/discard").status == 409


def name_the_issuer(story: Story) -> None:
    admin = story.of(ADMINISTRATOR)
    admin.follow("Issuer", within=admin.page.get_by_role("navigation", name="Main"))
    admin.type("Issuer", "Northbridge Office of Community Care")
    admin.type("Program title", "Victim Advocate Training")
    admin.type("Serial prefix", "NOC")
    for number, (name, title) in enumerate(
        [("Philippa Amberson", "Commissioner"), ("Joaquín Ferrándiz", "Program director")], 1
    ):
        signatory = admin.main.get_by_role("group", name=f"Signatory {number}")
        admin.type("Name", name, within=signatory)
        admin.type("Title", title, within=signatory)
    admin.press("Save")
    admin.reads("its certificates are real awards")


def install_agreement_texts(story: Story) -> None:
    admin = story.of(ADMINISTRATOR)
    admin.follow("Agreement texts", within=admin.page.get_by_role("navigation", name="Main"))
    admin.press("Use the program's standard texts")
    admin.reads("Code of ethics", "Confidentiality", "Version 1", "In force")


def _lengthened(document: dict[str, Any], minutes: int) -> dict[str, Any]:
    """The same curriculum with a first module so much longer."""
    first, *rest = document["modules"]
    return document | {"modules": [first | {"contact_minutes": first["contact_minutes"] + minutes}, *rest]}


def _upload(admin: Visitor, document: dict[str, Any]) -> None:
    admin.open("/curricula")
    admin.follow("Import a curriculum")
    # The operating system's own file window stands behind this field; a browser test hands the file over.
    admin.main.get_by_label("Curriculum file").set_input_files(
        {"name": "chicago-40h.json", "mimeType": "application/json", "buffer": json.dumps(document).encode()}
    )
    admin.press("Import this file")
