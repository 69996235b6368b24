"""The form of the calendar page."""

from collections.abc import Iterable
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from advocates.form import Form
from advocates.people.forms import id_or_none, row_choices


class LinkForm(Form):
    """Whose sessions: one's own, or a cohort's."""

    cohort_id = SelectField(_l("Which sessions"), coerce=id_or_none)

    def choose_from(self, cohorts: Iterable[tuple[UUID, str]]) -> "LinkForm":
        self.cohort_id.choices = row_choices(cohorts, _("Those I attend or teach"))
        return self
