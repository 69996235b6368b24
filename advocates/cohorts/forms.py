"""The forms of cohorts and enrollments."""

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import (
    DateField,
    FileField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from advocates.cohorts.labels import REASON_LABELS, ZONE_LABELS
from advocates.cohorts.models import Cohort
from advocates.cohorts.planning import CohortDraft
from advocates.cohorts.rules import Line, Newcomer, PeopleListError, WithdrawalReason, decode
from advocates.curriculum.queries import VersionSummary
from advocates.form import Form
from advocates.people.forms import email_address, id_or_none, one_line, printable_name, row_choices

MOST_SEATS = 500
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)


def _plausible_day(_form: Form, field: DateField) -> None:
    if field.data and not FIRST_DAY <= field.data <= LAST_DAY:
        raise ValidationError(_("Check the year."))


class CohortForm(Form):
    """`choose_from` must be called before the form is validated or shown."""

    title = StringField(_l("Title"), [DataRequired(_l("Type a title.")), Length(max=200)], filters=[one_line])
    curriculum_version_id = SelectField(
        _l("Curriculum version"), [InputRequired(_l("Choose a published version."))], coerce=id_or_none
    )
    place = StringField(_l("Place"), [DataRequired(_l("Type where it meets.")), Length(max=300)], filters=[one_line])
    time_zone = SelectField(_l("Time zone"))
    starts_on = DateField(_l("First day"), [InputRequired(_l("Type the first day.")), _plausible_day])
    ends_on = DateField(_l("Last day"), [InputRequired(_l("Type the last day.")), _plausible_day])
    capacity = IntegerField(
        _l("Seats"),
        [
            InputRequired(_l("Type how many people can take part.")),
            NumberRange(1, MOST_SEATS, _l("Type a number from 1 to %(n)s.", n=MOST_SEATS)),
        ],
    )

    def choose_from(self, versions: Iterable[VersionSummary], cohort: Cohort | None = None) -> "CohortForm":
        zones = dict(ZONE_LABELS)
        if cohort is not None:
            zones.setdefault(cohort.time_zone, cohort.time_zone)
        self.time_zone.choices = [SelectChoice(zone, label) for zone, label in zones.items()]
        rows = [
            (version.id, _("%(title)s, version %(number)s", title=version.title, number=version.number))
            for version in versions
        ]
        self.curriculum_version_id.choices = row_choices(rows, _("Choose a version"))
        return self

    def validate_ends_on(self, field: DateField) -> None:
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(_("The last day is before the first day."))

    def draft(self) -> CohortDraft:
        return CohortDraft(**self.data)


class EnrollForm(Form):
    """One person. An agency is typed: one that is not known yet is added."""

    chosen_name = StringField(_l("Name"), [InputRequired(_l("Type a name.")), printable_name])
    email = StringField(_l("E-mail address"), [Optional(), email_address], filters=[one_line])
    agency = StringField(
        _l("Agency"), [Optional(), Length(max=200)], filters=[one_line], render_kw={"list": "known-agencies"}
    )
    pronunciation = StringField(_l("How the name is said"), [Optional(), Length(max=200)], filters=[one_line])

    def line(self) -> Line:
        return Line(1, Newcomer(**self.data))


class PeopleListForm(Form):
    """A list, pasted or uploaded. It is written only when what was shown is what is confirmed."""

    people = TextAreaField(_l("People, one in each line"))
    file = FileField(_l("Or a CSV file"))
    seen = HiddenField()
    confirm = SubmitField()
    is_guessed = False

    def validate_file(self, field: FileField) -> None:
        """A chosen file takes the place of what is pasted, where it can then be mended."""
        if not (isinstance(field.data, FileStorage) and field.data.filename):
            if not (self.people.data or "").strip():
                raise ValidationError(_("Paste a list or choose a file."))
            return
        try:
            self.people.data, self.is_guessed = decode(field.data.read())
        except PeopleListError as error:
            raise ValidationError(_(error.problem.message)) from error

    @property
    def digest(self) -> str:
        """Of the lines themselves: browsers send line ends their own way."""
        lines = "\n".join((self.people.data or "").strip().splitlines())
        return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def is_confirmed(self) -> bool:
        return bool(self.confirm.data) and self.seen.data == self.digest


class TrainersForm(Form):
    person_ids = SelectMultipleField(
        _l("Trainers"), coerce=id_or_none, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )

    def choose_from(self, people: Iterable[tuple[Any, str]]) -> "TrainersForm":
        self.person_ids.choices = [SelectChoice(str(person_id), name) for person_id, name in people]
        return self


class WithdrawForm(Form):
    reason = SelectField(
        _l("Reason"),
        [InputRequired(_l("Choose a reason."))],
        choices=[
            SelectChoice("", _l("Choose a reason")),
            *(SelectChoice(reason.value, label) for reason, label in REASON_LABELS.items()),
        ],
    )

    def code(self) -> WithdrawalReason:
        return WithdrawalReason(self.reason.data)
