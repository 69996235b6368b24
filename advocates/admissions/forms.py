"""The forms of admissions."""

import uuid
from collections.abc import Iterable
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from advocates.admissions.applying import Applicant
from advocates.admissions.deciding import Decision
from advocates.admissions.rules import MOST_OFFER_HOURS, OFFER_HOURS, TermsDraft
from advocates.cohorts.forms import FIRST_DAY, LAST_DAY, MOST_SEATS
from advocates.form import Form
from advocates.people.forms import LANGUAGE_NAMES, email_address, id_or_none, one_line, printable_name, row_choices
from advocates.people.models import Agency


class ApplyForm(Form):
    """As little as an answer needs. `choose_from` must be called before the form is validated or shown."""

    chosen_name = StringField(_l("Your name"), [InputRequired(_l("Type your name.")), printable_name])
    email = StringField(
        _l("E-mail address"), [InputRequired(_l("Type your e-mail address.")), email_address], filters=[one_line]
    )
    agency_id = SelectField(_l("Organization that sends you"), [Optional()], coerce=id_or_none)
    language = SelectField(_l("Language for messages"), choices=[SelectChoice(*row) for row in LANGUAGE_NAMES.items()])
    consent_text_id = HiddenField()
    is_noted = False
    consents = BooleanField(_l("I agree to this"), [DataRequired(_l("Without this nothing can be stored."))])

    def choose_from(self, agencies: Iterable[Agency]) -> Self:
        self.agency_id.choices = row_choices([(each.id, each.name) for each in agencies], _("None, or not listed"))
        return self

    def applicant(self) -> Applicant:
        return Applicant(self.chosen_name.data or "", self.email.data or "", self.agency_id.data, self.language.data)

    def consented_to(self) -> uuid.UUID:
        """The text that the form showed; one that cannot be read is none in force."""
        try:
            return uuid.UUID(self.consent_text_id.data or "")
        except ValueError:
            return uuid.UUID(int=0)


class DecisionForm(Form):
    """Those chosen, and the button that was pressed."""

    enrollment_ids = SelectMultipleField(coerce=id_or_none, validate_choice=False)
    decision = StringField()

    def validate_enrollment_ids(self, field: SelectMultipleField) -> None:
        if not field.data:
            raise ValidationError(_("Choose at least one person first."))

    def validate_decision(self, field: StringField) -> None:
        if field.data not in set(Decision):
            raise ValidationError(_("Choose what to do with them."))


class LineForm(Form):
    """How far to move somebody in the line."""

    steps = IntegerField(validators=[InputRequired(), NumberRange(-MOST_SEATS, MOST_SEATS)])


def _plausible_day(_form: Form, field: DateField) -> None:
    if field.data and not FIRST_DAY <= field.data <= LAST_DAY:
        raise ValidationError(_("Check the year."))


class WindowForm(Form):
    is_on = BooleanField(_l("Anybody may apply on the public page"))
    opens_on = DateField(_l("First day"), [Optional(), _plausible_day])
    closes_on = DateField(_l("Last day"), [Optional(), _plausible_day])
    needs_approval = BooleanField(_l("An administrator looks at each application first"))
    offers_by_itself = BooleanField(_l("A free seat is offered to the next on the waitlist without anybody deciding"))
    offer_hours = IntegerField(
        _l("Hours to answer an offer"),
        [
            InputRequired(_l("Type how long an offer stands.")),
            NumberRange(1, MOST_OFFER_HOURS, _l("Type a number from 1 to %(n)s.", n=MOST_OFFER_HOURS)),
        ],
        default=OFFER_HOURS,
    )

    def validate_closes_on(self, field: DateField) -> None:
        if field.data and self.opens_on.data and field.data < self.opens_on.data:
            raise ValidationError(_("The last day is before the first day."))

    def draft(self) -> TermsDraft:
        return TermsDraft(**self.data)


class ConsentForm(Form):
    """`seen_version` is the version that the page showed."""

    body = TextAreaField(_l("Text"), [DataRequired(_l("Type the text.")), Length(max=10_000)])
    seen_version = HiddenField()

    def version(self) -> int:
        typed = str(self.seen_version.data or "")
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else -1


def quotas_from(agencies: Iterable[Agency], typed: Any) -> tuple[dict[uuid.UUID, int], dict[uuid.UUID, str]]:
    """The quotas typed, one box for each agency, and what is wrong by agency. An empty box is no quota."""
    wanted: dict[uuid.UUID, int] = {}
    wrong: dict[uuid.UUID, str] = {}
    for agency in agencies:
        text = str(typed.get(f"seats-{agency.id}", "")).strip()
        if not text:
            continue
        if text.isascii() and text.isdigit() and len(text) <= 6 and int(text) <= MOST_SEATS:
            wanted[agency.id] = int(text)
        else:
            wrong[agency.id] = _("Type a number from 0 to %(n)s, or leave it empty.", n=MOST_SEATS)
    return wanted, wrong
