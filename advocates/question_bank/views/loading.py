"""Which bank somebody may see and write in. Whoever is in training on a version never sees its bank."""

import uuid

from flask import abort

from advocates.access import actor
from advocates.curriculum.queries import VersionWithModules, version_with_modules
from advocates.question_bank.queries import Stored, find_question, is_asked, may_write


def load_bank(version_id: uuid.UUID, *, to_write: bool = False) -> VersionWithModules:
    """The published version with its modules, or 404."""
    found = version_with_modules(version_id) or abort(404)
    if found.version.published_at is None or is_asked(actor(), version_id):
        abort(404)
    if to_write and not may_write(actor(), version_id):
        abort(404)
    return found


def load_question(question_id: uuid.UUID, *, to_write: bool = False) -> tuple[Stored, VersionWithModules]:
    """The question as it is now and its version, or 404."""
    stored = find_question(question_id) or abort(404)
    return stored, load_bank(stored.row.version_id, to_write=to_write)
