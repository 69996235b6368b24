"""The form of a new material: a file or a link, with the title that people read."""

from flask import current_app
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import FileField, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from advocates.files.rules import FileRefused, FileType, type_of
from advocates.form import Form
from advocates.materials.rules import TAKEN, check_link


class MaterialForm(Form):
    """Exactly one of a file and an address."""

    title = StringField(
        _l("Title"), [DataRequired(), Length(max=200)], filters=[lambda typed: " ".join((typed or "").split())]
    )
    file = FileField(_l("File"))
    url = StringField(_l("Address of a link"), filters=[lambda typed: (typed or "").strip()])
    content = b""
    file_type: FileType | None = None

    def validate_file(self, field: FileField) -> None:
        chosen = field.data if isinstance(field.data, FileStorage) and field.data.filename else None
        if bool(chosen) == bool(self.url.data):
            raise ValidationError(gettext("Choose a file or type the address of a link, not both."))
        if chosen is None:
            return
        most = current_app.config["SETTINGS"].largest_material_bytes
        self.content = chosen.stream.read(most + 1)
        if len(self.content) > most:
            raise ValidationError(gettext("This file is larger than %(n)s MB.", n=most // 1024**2))
        try:
            self.file_type = type_of(self.content, chosen.filename or "", TAKEN)
        except FileRefused as refusal:
            raise ValidationError(_said(refusal)) from refusal

    def validate_url(self, field: StringField) -> None:
        if field.data:
            try:
                check_link(field.data)
            except FileRefused as refusal:
                raise ValidationError(_said(refusal)) from refusal


def _said(refusal: FileRefused) -> str:
    return str(gettext(refusal.message) % refusal.values)
