"""What the editor's forms send, and the draft that they are sent for."""

from typing import Any

from advocates.curriculum.models import CurriculumVersion, VersionModule
from advocates.curriculum.queries import modules_of, version_with_modules
from advocates.curriculum.rules import CurriculumDocument
from tests.factories.curriculum import make_version

MODULE = {
    "title": "Listening",
    "contact_minutes": "60",
    "required": "y",
    "domain": "role",
    "objectives": "Listens\r\n\r\nRefers",
    "content_note": "",
    "equivalent_activity": "",
}


def make_draft(minutes: tuple[int, ...] = (60, 60, 60)) -> CurriculumVersion:
    return make_version(minutes=minutes, is_published=False)


def rows(version: CurriculumVersion) -> list[VersionModule]:
    return list(modules_of(version.id))


def document(version: CurriculumVersion) -> CurriculumDocument:
    found = version_with_modules(version.id)
    assert found is not None
    return found.document


def typed(values: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A form as a browser sends it: a box that is not checked is not sent."""
    sent = {name: ["y"] if value is True else value for name, value in (values | changes).items()}
    return {name: value for name, value in sent.items() if value is not False}
