"""The forms of equivalence maps."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import InputRequired, ValidationError

from advocates.curriculum.labels import AGREEMENT_LABELS
from advocates.curriculum.queries import VersionSummary
from advocates.curriculum.rules import Agreement, Problem
from advocates.equivalence.rules import Equivalence, GateKind, GateLine, Line, Outline, unmapped_slices
from advocates.form import Form
from advocates.people.forms import id_or_none, row_choices

MOST_LINES = 200
SPARE_LINES = 3
FIELDS = ("from_module_id", "from_minute", "to_minute", "to_module_id", "to_from_minute")
# What an empty field says: from the module's first minute on.
BEGINNING = {"from_minute": "0", "to_from_minute": "0"}
MINUTES = ("from_minute", "to_minute", "to_from_minute")


class ProposeForm(Form):
    """`choose_from` must be called before the form is validated or shown."""

    from_version_id = SelectField(
        _l("Version that people leave"), [InputRequired(_l("Choose a version."))], coerce=id_or_none
    )
    to_version_id = SelectField(
        _l("Version that they go on in"), [InputRequired(_l("Choose a version."))], coerce=id_or_none
    )

    def choose_from(self, versions: Iterable[VersionSummary]) -> "ProposeForm":
        rows = [
            (version.id, _("%(title)s, version %(number)s", title=version.title, number=version.number))
            for version in versions
        ]
        for field in (self.from_version_id, self.to_version_id):
            field.choices = row_choices(rows, _("Choose a version"))
        return self

    def validate_to_version_id(self, field: SelectField) -> None:
        if field.data and field.data == self.from_version_id.data:
            raise ValidationError(_("Choose two different versions."))


class MapForm:
    """The lines and gates of a map as typed, with what is wrong by (number, field); read without WTForms, as rows."""

    def __init__(self, rows: Sequence[Mapping[str, str]], gates: Iterable[GateLine], shown: str) -> None:
        self.shown = shown
        self.rows = [dict(row) for row in rows]
        self.gates = tuple(gates)
        self.errors: dict[tuple[int, str], str] = {}
        self.problem: str | None = None

    @classmethod
    def of(cls, said: Equivalence, old: Outline) -> "MapForm":
        """The lines, then a row for all that no line takes along, so that each module left is looked at."""
        rows = [{name: str(getattr(line, name)) for name in FIELDS} for line in said.lines]
        rest = unmapped_slices(said.lines, old)
        left = [
            _blank()
            | {"from_module_id": str(key), "from_minute": str(part.from_minute), "to_minute": str(part.to_minute)}
            for key, slices in rest.items()
            for part in slices
        ]
        return cls([*rows, *left, *_spare()], said.gates, said.digest)

    @classmethod
    def of_request(cls, new: Outline, old: Outline) -> "MapForm":
        rows = []
        for number in range(MOST_LINES):
            if f"lines-{number}-from_module_id" not in request.form:
                break
            rows.append({name: request.form.get(f"lines-{number}-{name}", "").strip()[:40] for name in FIELDS})
        return cls(rows, _gates(request.form.getlist("gates"), new, old), request.form.get("shown", ""))

    def read(self) -> Equivalence | None:
        """What was typed, None where a line cannot be read; minutes that count nowhere are no line."""
        lines = [row for row in self.rows if row["to_module_id"]]
        nowhere = [row for row in self.rows if row["from_module_id"] and not row["to_module_id"]]
        self.rows = [*lines, *nowhere, *_spare()]
        read = [self._line(number, row) for number, row in enumerate(lines)]
        return None if self.errors else Equivalence(tuple(line for line in read if line), self.gates)

    def show(self, problems: Iterable[Problem]) -> None:
        """Put each refusal at its field."""
        for problem in problems:
            said = str(_(problem.message)) % problem.values
            number, _dot, name = problem.path.partition(".")
            if number.isdigit():
                self.errors[int(number), name] = said
            else:
                self.problem = said

    def error(self, number: int, name: str) -> str | None:
        return self.errors.get((number, name))

    def has(self, kind: str, to_name: str = "") -> bool:
        return any((gate.kind, gate.to_name) == (kind, to_name) for gate in self.gates)

    def source_of(self, skill: str) -> str:
        """The skill of the version that is left which stands for this one, empty for none."""
        found = (gate.from_name for gate in self.gates if gate.kind is GateKind.SKILL and gate.to_name == skill)
        return next(found, "")

    def _line(self, number: int, row: Mapping[str, str]) -> Line | None:
        values: dict[str, Any] = {}
        for name in FIELDS:
            try:
                values[name] = _minutes(row[name] or BEGINNING.get(name, "")) if name in MINUTES else UUID(row[name])
            except ValueError:
                said = _("Type whole minutes.") if name in MINUTES else _("Choose a module.")
                self.errors[number, name] = said
        return Line(**values) if len(values) == len(FIELDS) else None


def _minutes(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 5):
        raise ValueError(text)
    return int(text)


def _spare() -> list[dict[str, str]]:
    return [_blank() for _number in range(SPARE_LINES)]


def _blank() -> dict[str, str]:
    return dict.fromkeys(FIELDS, "")


def _gates(ticked: Iterable[str], new: Outline, old: Outline) -> list[GateLine]:
    """What is ticked among tests and agreements, and what is chosen for each skill of the new version."""
    chosen = set(ticked)
    tests = [GateLine(kind) for kind in (GateKind.PRE_TEST, GateKind.POST_TEST) if kind.value in chosen]
    agreements = [GateLine(GateKind.AGREEMENT, key, key) for key in new.agreements if f"agreement:{key}" in chosen]
    skills = [
        GateLine(GateKind.SKILL, source, skill)
        for number, skill in enumerate(new.skills)
        if (source := request.form.get(f"skill-{number}", "")) in old.skills
    ]
    return [*tests, *agreements, *skills]


def agreement_label(key: str) -> str:
    return str(AGREEMENT_LABELS[Agreement(key)])
