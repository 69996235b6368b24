"""A rule's findings as sentences in the reader's language."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext

from advocates.curriculum.rules import Problem, place
from advocates.curriculum.wording import said


def sentences(problems: Sequence[Problem], module_keys: Mapping[int, str] | None = None) -> list[tuple[str, str]]:
    """(place in the file, sentence) for each problem."""
    return [(place(problem.path, module_keys or {}, gettext), said(problem)) for problem in problems]
