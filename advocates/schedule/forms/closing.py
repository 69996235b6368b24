"""The form that adds closed days."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from advocates.form import Form
from advocates.schedule.forms.rows import DayField, stripped

LONGEST_DAYS = 366


class ClosedDaysForm(Form):
    """From a first to a last day, which may be the same."""

    name = StringField(
        _l("What the days are called"),
        [DataRequired(_l("Type what the days are called.")), Length(max=120)],
        filters=[stripped],
    )
    first_day = DayField(_l("First day"), [InputRequired(_l("Choose the first day."))])
    last_day = DayField(_l("Last day"), [Optional()])

    def validate_last_day(self, field: Field) -> None:
        if field.data is None or self.first_day.data is None:
            return
        if field.data < self.first_day.data:
            raise ValidationError(_("The last day must not be before the first day."))
        if (field.data - self.first_day.data).days >= LONGEST_DAYS:
            raise ValidationError(_("Close at most a year at once."))
