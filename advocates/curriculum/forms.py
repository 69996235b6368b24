"""The form that imports a curriculum."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import FileField, HiddenField
from wtforms.validators import AnyOf, Optional, ValidationError

from advocates.curriculum.rules import CurriculumDocument, read_document
from advocates.curriculum.shipped import NAMES, shipped_documents
from advocates.form import Form


class ImportForm(Form):
    """A file, or the name of one that is shipped."""

    file = FileField(_l("Curriculum file"))
    shipped = HiddenField(validators=[Optional(), AnyOf(NAMES)])

    def validate_file(self, field: FileField) -> None:
        if not self.shipped.data and not (isinstance(field.data, FileStorage) and field.data.filename):
            raise ValidationError(_("Choose a curriculum file."))

    def document(self) -> CurriculumDocument:
        """What was chosen; raises CurriculumFileError."""
        if self.shipped.data:
            return shipped_documents()[self.shipped.data]
        return read_document(self.file.data.read())


class TableForm(Form):
    """A CSV file."""

    file = FileField(_l("CSV file"))

    def validate_file(self, field: FileField) -> None:
        if not (isinstance(field.data, FileStorage) and field.data.filename):
            raise ValidationError(_("Choose a CSV file."))

    def content(self) -> bytes:
        return bytes(self.file.data.read())
