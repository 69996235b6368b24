"""The forms of closing a cohort."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from advocates.form import Form


class CloseForm(Form):
    """A button."""


class ReopenForm(Form):
    reason = StringField(_l("Reason"), [DataRequired(_l("Say why it is opened again.")), Length(max=300)])
