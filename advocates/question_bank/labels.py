"""How the kinds, difficulties and formats of questions read."""

from typing import Any

from flask_babel import lazy_gettext as _l

from advocates.question_bank.rules import Difficulty, Kind
from advocates.question_bank.rules.formats import Format

KINDS: dict[Kind, Any] = {
    Kind.SINGLE: _l("One right choice"),
    Kind.MULTIPLE: _l("Several right choices"),
    Kind.TRUE_FALSE: _l("True or false"),
    Kind.MATCHING: _l("Matching"),
    Kind.ORDERING: _l("Putting in order"),
    Kind.SHORT_ANSWER: _l("Short answer"),
    Kind.ESSAY: _l("Short essay, read by a person"),
    Kind.SCENARIO: _l("Scenario with several questions"),
}
DIFFICULTIES: dict[Difficulty, Any] = {
    Difficulty.EASY: _l("Easy"),
    Difficulty.MEDIUM: _l("Medium"),
    Difficulty.HARD: _l("Hard"),
}
FORMATS: dict[Format, Any] = {
    Format.GIFT: _l("GIFT"),
    Format.MOODLE_XML: _l("Moodle XML"),
    Format.CSV: _l("CSV table"),
    Format.JSON: _l("This program’s own file"),
}
EXTENSIONS = {Format.GIFT: "gift.txt", Format.MOODLE_XML: "xml", Format.CSV: "csv", Format.JSON: "json"}
MEDIA_TYPES = {
    Format.GIFT: "text/plain; charset=utf-8",
    Format.MOODLE_XML: "application/xml",
    Format.CSV: "text/csv; charset=utf-8",
    Format.JSON: "application/json",
}
