"""The forms of legacy cohorts."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from advocates.cohorts.forms import PeopleListForm
from advocates.form import Form
from advocates.legacy.rules import HEADERS
from advocates.people.forms import one_line


class LegacyCohortForm(Form):
    title = StringField(_l("Title"), [DataRequired(_l("Type a title.")), Length(max=200)], filters=[one_line])
    training = StringField(
        _l("Training"), [DataRequired(_l("Type which training it was.")), Length(max=200)], filters=[one_line]
    )
    source = StringField(
        _l("Source"), [DataRequired(_l("Type who states this, and from what.")), Length(max=300)], filters=[one_line]
    )


class PastPeopleForm(PeopleListForm):
    headers = HEADERS
