"""The forms of cohorts and enrollments."""

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
from advocates.cohorts.rules import (
    HEADERS,
    MOST_PEOPLE,
    REPLACED,
    Decision,
    FileList,
    Headers,
    Line,
    Newcomer,
    PeopleListError,
    WithdrawalReason,
    decision_key,
    read_file,
)
from advocates.curriculum.queries import VersionSummary
from advocates.form import Form
from advocates.people.forms import email_address, id_or_none, one_line, printable_name, row_choices

MOST_SEATS = MOST_PEOPLE
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
    waitlist = SubmitField(_l("Put on the waitlist"))

    def line(self) -> Line:
        typed = {name: value for name, value in self.data.items() if name != "waitlist"}
        return Line(1, Newcomer(**typed))

    def decisions(self) -> dict[str, Decision]:
        """Typed by itself, an address is meant: somebody known by it is enrolled as they are."""
        return {decision_key(self.line().newcomer): Decision.ENROLL}


def _readable(text: str | None) -> str | None:
    """Without NUL, which no page and no database can hold: the line that held one shows as wrong."""
    return text.replace("\x00", REPLACED) if text else text


class PeopleListForm(Form):
    """A list, pasted or uploaded. It is written only when what was shown is what is confirmed.

    A file's list takes the place of what is pasted, where it can then be mended. It waits nowhere else: the page that
    shows it sends it back.
    """

    people = TextAreaField(_l("People, one in each line"), filters=[_readable])
    file = FileField(_l("Or a file: CSV or an Excel workbook (.xlsx)"))
    seen = HiddenField()
    confirm = SubmitField()
    headers: Headers = HEADERS
    file_list: FileList | None = None

    def validate(self, extra_validators: Any = None) -> bool:
        """A list is judged line by line and has its own bounds."""
        return bool(super(Form, self).validate(extra_validators))

    def validate_file(self, field: FileField) -> None:
        if not (isinstance(field.data, FileStorage) and field.data.filename):
            if not (self.people.data or "").strip():
                raise ValidationError(_("Paste a list or choose a file."))
            return
        try:
            self.file_list = read_file(field.data.read(), self.headers)
        except PeopleListError as error:
            raise ValidationError(_(error.problem.message) % error.problem.values) from error
        self.people.data = self.file_list.text

    @property
    def is_confirmed(self) -> bool:
        return bool(self.confirm.data) and self.file_list is None


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
