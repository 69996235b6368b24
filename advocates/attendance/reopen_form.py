"""The form that opens a signed-off session again."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired

from advocates.attendance.rules import ReopenReason
from advocates.form import Form


class ReopenSessionForm(Form):
    reason = RadioField(
        _l("Why is it opened again?"),
        [DataRequired(_l("Choose a reason."))],
        choices=[SelectChoice(reason.value, _l(reason.label)) for reason in ReopenReason],
    )
