"""The curricula that come with the program."""

from collections.abc import Mapping
from functools import cache
from importlib import resources

from advocates.curriculum.rules import CurriculumDocument, read_document

NAMES = ("chicago-40h.json", "statewide-40h.json")


@cache
def shipped_documents() -> Mapping[str, CurriculumDocument]:
    """Each shipped curriculum by the name of its file."""
    folder = resources.files("advocates.curriculum.data")
    return {name: read_document(folder.joinpath(name).read_bytes()) for name in NAMES}
