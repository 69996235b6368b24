"""Write a curriculum as text: the same document always gives the same bytes."""

import json
from dataclasses import asdict

from advocates.curriculum.rules.document import CurriculumDocument, VersionRules


def write_document(document: CurriculumDocument) -> str:
    """The text of a curriculum file; reading it gives an equal document."""
    return json.dumps(asdict(document), indent=2, ensure_ascii=False) + "\n"


def rules_to_json(rules: VersionRules) -> str:
    """One line of JSON, as a curriculum version stores its rules."""
    return json.dumps(asdict(rules), ensure_ascii=False, separators=(",", ":"))
