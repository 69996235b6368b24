"""The form of a move: where to, who as the page showed them, and why."""

import uuid
from collections.abc import Iterable, Mapping

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired

from advocates.cohorts.queries import CohortRow
from advocates.form import Form
from advocates.people.forms import id_in_address, id_or_none, row_choices
from advocates.transfers.labels import REASON_LABELS
from advocates.transfers.rules import MoveReason


class DestinationForm(Form):
    """Where to; sent by GET, so that the preview has an address. `choose_from` must be called before it is shown."""

    to = SelectField(_l("Cohort to go on in"), coerce=id_or_none)

    def choose_from(self, cohorts: Iterable[CohortRow]) -> "DestinationForm":
        rows = [
            (
                row.cohort.id,
                _(
                    "%(cohort)s – %(title)s, version %(number)s",
                    cohort=row.cohort.title,
                    title=row.version_title,
                    number=row.version_number,
                ),
            )
            for row in cohorts
        ]
        self.to.choices = row_choices(rows, _("Choose a cohort"))
        return self


class MoveForm(Form):
    reason = SelectField(
        _l("Reason"),
        [InputRequired(_l("Choose a reason."))],
        choices=[
            SelectChoice("", _l("Choose a reason")),
            *(SelectChoice(reason.value, label) for reason, label in REASON_LABELS.items()),
        ],
    )

    def code(self) -> MoveReason:
        return MoveReason(self.reason.data)


def chosen_people(allowed: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, str]:
    """The enrollments that are ticked, of those allowed, with what the page showed of each."""
    within, found = set(allowed), {}
    for value in request.form.getlist("chosen"):
        key, _colon, seen = value.partition(":")
        if (enrollment_id := id_in_address(key)) in within and enrollment_id is not None:
            found[enrollment_id] = seen
    return found
