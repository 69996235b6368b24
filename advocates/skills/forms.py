"""The forms of rubrics, authorizations and observations."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (  # type: ignore[attr-defined]
    DateField,
    HiddenField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Optional
from wtforms.widgets import CheckboxInput

from advocates.database import new_id
from advocates.form import Form
from advocates.skills.authorizing import Grant
from advocates.skills.labels import FIELDS, OUTCOME_LABELS, PROBLEMS, RUBRIC_PROBLEMS
from advocates.skills.observing import Entry
from advocates.skills.queries import Rubric, Standing
from advocates.skills.rules import Criterion, Observed, Outcome, Problem, read_criteria, rubric_problem

MOST_VERSIONS = 10**6


class RubricForm(Form):
    required = TextAreaField(_l("What must be seen"), [DataRequired(_l("Type at least one criterion."))])
    optional = TextAreaField(_l("What may be seen besides"), [Optional()])

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        return read_criteria(self.required.data or "", self.optional.data or "")

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = super().validate(extra_validators)
        problem = rubric_problem(self.criteria)
        if is_valid and problem:
            self.required.errors = [RUBRIC_PROBLEMS[problem]]
        return is_valid and problem is None


class AuthorizationForm(Form):
    person = SelectField(_l("Who"), [InputRequired(_l("Choose a person."))])
    skill = SelectField(_l("Skill"))
    from_on = DateField(_l("From"), [InputRequired(_l("Say from which day on."))])
    until_on = DateField(_l("Until"), [Optional()])

    def choose_from(self, people: Sequence[tuple[uuid.UUID, str]], skills: Sequence[str]) -> "AuthorizationForm":
        known = [SelectChoice(str(person_id), name) for person_id, name in people]
        self.person.choices = [SelectChoice("", _l("Choose")), *known]
        self.skill.choices = [SelectChoice("", _l("All skills")), *(SelectChoice(skill, skill) for skill in skills)]
        return self

    @property
    def grant(self) -> Grant:
        assert self.from_on.data is not None  # noqa: S101 - the form was valid
        return Grant(uuid.UUID(self.person.data), self.skill.data or None, self.from_on.data, self.until_on.data)


class ObservationForm(Form):
    """What was seen of one person. Each person's stands for itself."""

    met = SelectMultipleField(_l("What you saw"), coerce=int, option_widget=CheckboxInput(), validate_choice=False)
    observed_on = DateField(_l("Seen on"), [InputRequired(PROBLEMS[Problem.DAY_MISSING])])
    next_try_on = DateField(_l("Next try, if not yet"), [Optional()])
    base_version = HiddenField()
    client_key = HiddenField()
    rubric_id = HiddenField()

    @classmethod
    def of(cls, standing: Standing, enrollment_id: uuid.UUID, rubric: Rubric, today: date, *, is_sent: bool) -> Any:
        """Filled with what is known, or as sent. What was seen at an earlier try is ticked already."""
        latest = standing.latest
        goes_on = latest and latest.rubric.id == rubric.id and latest.said.outcome is Outcome.NOT_YET
        values: dict[str, Any] = {
            "met": sorted(latest.said.met) if latest and goes_on else [],
            "observed_on": today,
            "base_version": str(standing.version),
            "client_key": str(new_id()),
            "rubric_id": str(rubric.id),
        }
        prefix = f"p-{enrollment_id}"
        form = cls.of_request(prefix=prefix, **values) if is_sent else cls(None, prefix=prefix, **values)
        form.met.choices = [SelectChoice(place, _in_words(each)) for place, each in enumerate(rubric.criteria)]
        return form

    @property
    def outcome(self) -> Outcome | None:
        sent = request.form.get("outcome")
        return Outcome(sent) if sent in set(OUTCOME_LABELS) else None

    def entry(self, enrollment_id: uuid.UUID, outcome: Outcome) -> Entry | None:
        """None where the hidden fields are not what the page had put there."""
        try:
            said = Observed(outcome, frozenset(self.met.data or ()), self._day(), self.next_try_on.data)
            version = int(self.base_version.data or "")
            keys = uuid.UUID(self.client_key.data or ""), uuid.UUID(self.rubric_id.data or "")
        except ValueError:
            return None
        return Entry(enrollment_id, version, *keys, said) if 0 <= version < MOST_VERSIONS else None

    def complain(self, problem: Problem) -> str | None:
        """The sentence at its field; given back where it is about no field."""
        if problem not in FIELDS:
            return str(PROBLEMS[problem])
        self[FIELDS[problem]].errors = [PROBLEMS[problem]]
        return None

    def _day(self) -> date:
        if self.observed_on.data is None:
            raise ValueError
        return self.observed_on.data


def _in_words(criterion: Criterion) -> str:
    return criterion.text if criterion.is_required else _("%(criterion)s (optional)", criterion=criterion.text)
