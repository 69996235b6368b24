"""The form for somebody new who walks in."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import InputRequired, Length, Optional

from advocates.cohorts.rules import Newcomer
from advocates.form import Form
from advocates.people.forms import one_line, printable_name


class WalkInForm(Form):
    chosen_name = StringField(_l("Name"), [InputRequired(_l("Type a name.")), printable_name])
    pronunciation = StringField(_l("How the name is said"), [Optional(), Length(max=200)], filters=[one_line])

    def newcomer(self) -> Newcomer:
        return Newcomer(self.chosen_name.data or "", pronunciation=self.pronunciation.data)
