"""The forms of staffing."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from advocates.form import Form
from advocates.people.forms import id_or_none, one_line, printable_name
from advocates.staffing.queries import Candidate


class StaffForm(Form):
    """Who teaches a session. Nobody chosen means whoever of the cohort's trainers comes."""

    person_ids = SelectMultipleField(
        _l("Who teaches"), coerce=id_or_none, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    is_booked_anyway = BooleanField(_l("Book them all the same"))

    def choose_from(self, people: Iterable[Candidate]) -> "StaffForm":
        self.person_ids.choices = [
            SelectChoice(str(one.person_id), _("%(name)s (guest speaker)", name=one.name) if one.is_guest else one.name)
            for one in people
        ]
        return self


class GuestForm(Form):
    name = StringField(_l("Name"), [InputRequired(_l("Type a name.")), printable_name])


class QualificationForm(Form):
    title = StringField(
        _l("Qualified for"), [DataRequired(_l("Type what the qualification is.")), Length(max=200)], filters=[one_line]
    )
    holds_from = DateField(_l("From"), [InputRequired(_l("Type the first day."))])
    holds_until = DateField(_l("Until"), [Optional()])

    def validate_holds_until(self, field: DateField) -> None:
        if field.data and self.holds_from.data and field.data < self.holds_from.data:
            raise ValidationError(_("The last day is before the first day."))
