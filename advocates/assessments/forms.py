"""The forms of tests, skills and agreements. A sheet is a header and one small form per person."""

import uuid
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any, Generic, Self, TypeVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import (  # type: ignore[attr-defined]
    BooleanField,
    DateField,
    IntegerField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, StopValidation
from wtforms.widgets import CheckboxInput, HiddenInput

from advocates.assessments.labels import FURTHER_ATTEMPT_LABELS, VOID_LABELS
from advocates.assessments.rules import BINDING
from advocates.curriculum.labels import AGREEMENT_LABELS
from advocates.form import Form
from advocates.people.forms import LANGUAGE_NAMES

MOST_QUESTIONS = 1_000
WHOLE: dict[str, Any] = {"invalid_value_message": _l("Type a whole number.")}


def choices(labels: Mapping[Any, Any]) -> list[SelectChoice]:
    """A select's options, none chosen at first."""
    return [SelectChoice("", _l("Choose")), *(SelectChoice(code.value, label) for code, label in labels.items())]


def is_read(_form: Form, field: IntegerField) -> None:
    """One sentence is enough: what could not be read as a number is not out of range as well."""
    if field.process_errors:
        raise StopValidation


class DayForm(Form):
    """A form about something that took place on a day, today at the latest."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def refuse_future(self, field: DateField) -> None:
        if field.data and field.data > self.today:
            raise ValidationError(gettext("This day is still to come."))


class ScoreHeaderForm(DayForm):
    taken_on = DateField(_l("Taken on"), [InputRequired(_l("Say when the test was taken."))])
    questions = IntegerField(
        _l("Number of questions"),
        [
            InputRequired(_l("Say how many questions the test has.")),
            is_read,
            NumberRange(1, MOST_QUESTIONS, _l("Type a number from %(min)s to %(max)s.")),
        ],
        **WHOLE,
    )

    def validate_taken_on(self, field: DateField) -> None:
        self.refuse_future(field)


class ScoreRowForm(Form):
    score = IntegerField(
        validators=[
            Optional(),
            is_read,
            NumberRange(0, MOST_QUESTIONS, _l("Type a number from 0 to the number of questions.")),
        ],
        **WHOLE,
    )
    number = IntegerField(widget=HiddenInput())
    reason = SelectField(_l("Reason for a further attempt"), choices=choices(FURTHER_ATTEMPT_LABELS), default="")


Header = TypeVar("Header", bound=Form)
Row = TypeVar("Row", bound=Form)


class Sheet(Generic[Header, Row]):
    """A header and a row per enrollment, sent together; reads like one form to the error summary."""

    def __init__(self, header: Header, rows: Mapping[uuid.UUID, Row]) -> None:
        self.header = header
        self.rows = rows

    def __iter__(self) -> Iterator[Any]:
        for form in (self.header, *self.rows.values()):
            yield from form

    @property
    def errors(self) -> list[str]:
        return [error for field in self for error in field.errors]

    def is_submitted_and_valid(self) -> bool:
        answers = [form.is_submitted_and_valid() for form in (self.header, *self.rows.values())]
        return all(answers)


ScoreSheet = Sheet[ScoreHeaderForm, ScoreRowForm]


class VoidForm(Form):
    reason = SelectField(_l("Reason"), [InputRequired(_l("Choose a reason."))], choices=choices(VOID_LABELS))


class SignForm(Form):
    typed_name = StringField(
        _l("Your name"),
        [DataRequired(_l("Type your name.")), Length(max=200)],
        filters=[lambda text: (text or "").strip()],
    )
    is_agreed = BooleanField(
        _l("I have read this text and I agree to it."), [InputRequired(_l("Tick this if you agree."))]
    )


class PaperForm(DayForm):
    language = SelectField(_l("Language of the papers"), default=BINDING)
    signed_on = DateField(_l("Signed on"), [InputRequired(_l("Say when the papers were signed."))])
    witness = SelectField(_l("Witness"), [InputRequired(_l("Choose who saw them sign."))])
    people = SelectMultipleField(
        _l("Who signed"),
        [InputRequired(_l("Choose at least one person."))],
        coerce=uuid.UUID,
        option_widget=CheckboxInput(),
        validate_choice=False,
    )

    def validate_signed_on(self, field: DateField) -> None:
        self.refuse_future(field)


class AgreementTextForm(Form):
    key = SelectField(_l("Agreement"), [InputRequired(_l("Choose an agreement."))], choices=choices(AGREEMENT_LABELS))
    title = StringField(_l("Title"), [DataRequired(_l("Type a title.")), Length(max=200)])
    body = TextAreaField(_l("Text"), [DataRequired(_l("Type the text."))])
    asks_again = BooleanField(_l("Ask everyone in training to sign again"))


class TranslationForm(Form):
    language = SelectField(_l("Language"), [InputRequired(_l("Choose a language."))])
    title = StringField(_l("Title"), [DataRequired(_l("Type a title.")), Length(max=200)])
    body = TextAreaField(_l("Text"), [DataRequired(_l("Type the text."))])

    def offer(self, languages: Collection[str]) -> Self:
        names = (SelectChoice(code, LANGUAGE_NAMES[code]) for code in languages)
        self.language.choices = [SelectChoice("", _l("Choose")), *names]
        return self
