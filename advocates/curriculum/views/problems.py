"""A rule's findings as sentences in the reader's language."""

from collections.abc import Sequence

from flask_babel import gettext

from advocates.curriculum.rules import Problem


def sentences(problems: Sequence[Problem]) -> list[tuple[str, str]]:
    """(place in the file, sentence) for each problem."""
    return [(problem.path, gettext(problem.message) % problem.values) for problem in problems]
