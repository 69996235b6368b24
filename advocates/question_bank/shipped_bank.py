"""The questions that come with the program."""

from collections.abc import Sequence
from functools import cache
from importlib import resources

from advocates.question_bank.rules import Question, own_format

NAME = "chicago-40h.json"


@cache
def shipped_questions() -> Sequence[Question]:
    """On the 18 modules of the shipped Chicago curriculum, by their keys."""
    content = (resources.files("advocates.question_bank") / "shipped" / NAME).read_bytes()
    return own_format.read(content).questions
