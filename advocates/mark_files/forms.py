"""The form of a file of marks: chosen, shown with what it would change, and confirmed."""

import re
import uuid
from collections.abc import Mapping
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import FileField, HiddenField, SelectField, SubmitField, TextAreaField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import ValidationError

from advocates.cohorts.labels import ZONE_LABELS
from advocates.cohorts.rules import REPLACED, PeopleListError
from advocates.form import Form
from advocates.mark_files.rules import MarksFile, read_file, read_text
from advocates.people.forms import id_or_none
from advocates.schedule.models import TrainingSession

BLANK_ABOVE = re.compile(r"(?:[ \t]*(?:\r\n|\r|\n))*")
MOST_ABOVE = 10_000
WHO = re.compile(r"who-([0-9a-f]{16})")


def _readable(text: str | None) -> str | None:
    """Without NUL, which no page can hold: the line that held one shows as wrong."""
    return text.replace("\x00", REPLACED) if text else text


class MarksFileForm(Form):
    """A file takes the place of what is pasted, and waits nowhere: the page that shows it sends it back.

    `choose_from` must be called before the form is validated or shown. The text is shown without the blank lines at
    its ends; `above` counts those that stood before it, so that a line keeps its number.
    """

    file = FileField(_l("File"))
    time_zone = SelectField(_l("Times in it are"))
    text = TextAreaField(_l("Or paste it here"), filters=[_readable])
    above = HiddenField()
    seen = HiddenField()
    confirm = SubmitField()
    read: MarksFile | None = None

    def choose_from(self, session: TrainingSession) -> "MarksFileForm":
        zones = {session.time_zone: _("on the session's clock"), **ZONE_LABELS, "UTC": _("UTC")}
        zones[session.time_zone] = _("on the session's clock")
        self.time_zone.choices = [SelectChoice(zone, label) for zone, label in zones.items()]
        self.time_zone.data = self.time_zone.data or session.time_zone
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        """A file is judged line by line and has its own bounds."""
        return bool(super(Form, self).validate(extra_validators))

    def validate_file(self, field: FileField) -> None:
        if not (isinstance(field.data, FileStorage) and field.data.filename):
            if not (self.text.data or "").strip():
                raise ValidationError(_("Choose a file, or paste its lines."))
            return
        try:
            self.read = read_file(field.data.read())
        except PeopleListError as error:
            raise ValidationError(_(error.problem.message, **error.problem.values)) from error
        self._show(self.read.text)
        self.confirm.data = False

    def validate_text(self, field: TextAreaField) -> None:
        if self.read is not None or self.file.errors or not (field.data or "").strip():
            return
        try:
            text = "\n" * self.lines_above + (field.data or "")
            self.read = read_text(text)
            self._show(text)
        except PeopleListError as error:
            raise ValidationError(_(error.problem.message, **error.problem.values)) from error

    @property
    def lines_above(self) -> int:
        """How many blank lines stood before the text; none where no text is."""
        sent = self.above.data or ""
        known = (self.text.data or "").strip() and re.fullmatch(r"[0-9]{1,5}", sent)
        return min(int(sent), MOST_ABOVE) if known else 0

    def _show(self, text: str) -> None:
        blank = BLANK_ABOVE.match(text)
        above = blank[0] if blank else ""
        self.text.data = text[len(above) :].rstrip()
        self.above.data = str(len(re.findall(r"\r\n|\r|\n", above)))

    @staticmethod
    def choices() -> Mapping[str, uuid.UUID]:
        """Who was chosen for whom the register does not know, by the claim's key."""
        sent = ((WHO.fullmatch(name), value) for name, value in request.form.items())
        chosen = {match[1]: _id(value) for match, value in sent if match}
        return {key: enrollment_id for key, enrollment_id in chosen.items() if enrollment_id}

    @staticmethod
    def ticked(name: str) -> set[uuid.UUID]:
        return {found for value in request.form.getlist(name) if (found := _id(value))}


def _id(value: str) -> uuid.UUID | None:
    try:
        return id_or_none(value)
    except ValueError:
        return None
