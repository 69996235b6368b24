"""The forms of surveys: to open a round, to ask a supervisor, to plan, and to say what is asked."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import (  # type: ignore[attr-defined]
    BooleanField,
    DateField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, Optional

from advocates import clock
from advocates.cohorts.models import Cohort
from advocates.evaluations.labels import KIND_LABELS, QUESTION_LABELS, SCALE_LABELS
from advocates.evaluations.opening import About
from advocates.evaluations.rules import (
    DAYS_OPEN,
    LONGEST_QUESTION,
    MOST_CHOICES,
    MOST_QUESTIONS,
    Question,
    QuestionKind,
    Scale,
    SurveyKind,
)
from advocates.form import Form
from advocates.formatting import day
from advocates.people.forms import email_address, one_line
from advocates.schedule.models import TrainingSession

LONGEST_OPEN = timedelta(days=90)


class OpenRoundForm(Form):
    about = SelectField(_l("Ask about"), [InputRequired(_l("Choose what to ask about."))])
    closes_on = DateField(_l("Last day to answer"), [Optional()])

    def offer(self, cohort: Cohort, sessions: Iterable[TrainingSession], taken: Iterable[SurveyKind]) -> None:
        """What may be asked about: sessions without a survey, and each kind of the cohort that has none."""
        kinds = [kind for kind in SurveyKind if kind is not SurveyKind.SESSION and kind not in taken]
        choices = [SelectChoice("", _l("Choose")), *(SelectChoice(kind.value, KIND_LABELS[kind]) for kind in kinds)]
        for session in sessions:
            words = gettext("Session of %(day)s", day=day(session.planned_start, session.time_zone))
            choices.append(SelectChoice(str(session.id), words))
        self.about.choices = choices
        self.time_zone, self.today = cohort.time_zone, clock.today(cohort.time_zone)

    def validate_closes_on(self, field: DateField) -> None:
        if field.data and not self.today <= field.data <= self.today + LONGEST_OPEN:
            raise ValidationError(gettext("Choose a day from today on, at most 90 days away."))

    def chosen(self) -> About:
        value = str(self.about.data)
        if value in set(SurveyKind):
            return About(SurveyKind(value))
        return About(SurveyKind.SESSION, uuid.UUID(value))

    def closes_at(self) -> datetime:
        """The end of the day in the cohort's zone."""
        last = self.closes_on.data or self.today + timedelta(days=DAYS_OPEN[self.chosen().kind])
        return datetime.combine(last + timedelta(days=1), time(), ZoneInfo(self.time_zone))


class PlanForm(Form):
    after_sessions = BooleanField(_l("After each session, when it is signed off"))
    at_the_end = BooleanField(_l("At the end of the training"))
    after_six_months = BooleanField(_l("Six months later, to graduates"))


class SupervisorForm(Form):
    graduate = SelectField(_l("Graduate"), [InputRequired(_l("Choose whose supervisor this is."))])
    email = StringField(
        _l("Supervisor's e-mail address"), [InputRequired(_l("Type the address.")), email_address], filters=[one_line]
    )
    consented = BooleanField(
        _l("The graduate agreed that this person is asked."),
        [InputRequired(_l("Ask the graduate first. Without their consent nobody is asked."))],
    )

    def offer(self, graduates: Iterable[tuple[uuid.UUID, str]]) -> None:
        people = [SelectChoice(str(person_id), name) for person_id, name in graduates]
        self.graduate.choices = [SelectChoice("", _l("Choose")), *people]


class QuestionForm(Form):
    """One of the ten places of a survey form. Left empty, there is no question."""

    text = StringField(_l("Question"), [Optional(), Length(max=LONGEST_QUESTION)])
    kind = SelectField(
        _l("Kind of answer"), choices=[SelectChoice(kind.value, label) for kind, label in QUESTION_LABELS.items()]
    )
    scale = SelectField(
        _l("Words of a rating"), choices=[SelectChoice(scale.value, label) for scale, label in SCALE_LABELS.items()]
    )
    choices = TextAreaField(_l("Choices, one a line"), [Optional()])

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in (self.choices.data or "").splitlines() if line.strip())

    def validate_choices(self, field: TextAreaField) -> None:
        if not (self.text.data or "").strip() or self.kind.data != QuestionKind.CHOICE:
            return
        if not 2 <= len(self.lines) <= MOST_CHOICES or len(set(self.lines)) < len(self.lines):
            raise ValidationError(gettext("Write 2 to %(n)s different choices, one a line.", n=MOST_CHOICES))
        if any(len(line) > LONGEST_QUESTION for line in self.lines):
            raise ValidationError(gettext("A choice is too long."))


class SurveyFormForm:
    """Ten places for questions, sent together; reads like one form to the error summary."""

    def __init__(self, current: Sequence[Question]) -> None:
        self.problem, self.has_met_another = "", False
        self.places: list[QuestionForm] = []
        for number in range(1, MOST_QUESTIONS + 1):
            stored = current[number - 1] if number <= len(current) else None
            self.places.append(_place(number, stored))

    def __iter__(self) -> Any:
        for place in self.places:
            yield from place

    @property
    def errors(self) -> list[Any]:
        return [error for field in self for error in field.errors]

    @property
    def status(self) -> int:
        return 409 if self.has_met_another else 422 if self.errors or self.problem else 200

    def is_submitted_and_valid(self) -> bool:
        answers = [place.is_submitted_and_valid() for place in self.places]
        if all(answers) and not self.questions():
            self.problem = gettext("A survey needs at least one question.")
        return all(answers) and not self.problem

    def questions(self) -> tuple[Question, ...]:
        asked = [place for place in self.places if (place.text.data or "").strip()]
        return tuple(_question(number, place) for number, place in enumerate(asked, 1))


def _place(number: int, stored: Question | None) -> QuestionForm:
    values: Mapping[str, Any] = {
        "text": stored.text if stored else "",
        "kind": (stored.kind if stored else QuestionKind.RATING).value,
        "scale": ((stored and stored.scale) or Scale.AGREE).value,
        "choices": "\n".join(stored.choices) if stored else "",
    }
    filled = values if request.method == "GET" else {}  # what was sent stands alone, whatever is in use
    return QuestionForm.of_request(prefix=f"q{number}-", **filled)


def _question(number: int, place: QuestionForm) -> Question:
    kind = QuestionKind(place.kind.data)
    return Question(
        f"q{number}",
        kind,
        (place.text.data or "").strip(),
        Scale(place.scale.data) if kind is QuestionKind.RATING else None,
        place.lines if kind is QuestionKind.CHOICE else (),
    )
