"""The form of a file of questions: chosen, shown with what it would do, and confirmed."""

import base64
import binascii
import zlib
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import FileField, HiddenField, SelectField, SubmitField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import ValidationError

from advocates.curriculum.models import VersionModule
from advocates.form import Form
from advocates.question_bank.rules.exchange import MOST_BYTES


class QuestionsFileForm(Form):
    """The file waits nowhere: the page that shows what it would do sends it back, packed, in `held`."""

    file = FileField(_l("File"))
    module = SelectField(_l("Questions without a module of this version"))
    held = HiddenField()
    seen = HiddenField()
    confirm = SubmitField()
    content = b""

    def choose_from(self, modules: Sequence[VersionModule]) -> "QuestionsFileForm":
        kept = [SelectChoice("", _("leave them out"))]
        self.module.choices = kept + [SelectChoice(row.key, f"{row.key} {row.title}") for row in modules]
        self.module.data = self.module.data or ""
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        """What is held is larger than a text may be, and has its own bound."""
        return bool(super(Form, self).validate(extra_validators))

    def validate_file(self, field: FileField) -> None:
        if isinstance(field.data, FileStorage) and field.data.filename:
            self.content = field.data.stream.read(MOST_BYTES + 1)
            self.confirm.data = False
        else:
            self.content = _unpacked(self.held.data or "")
        if not self.content:
            raise ValidationError(_("Choose a file of questions. It must not be empty."))
        if len(self.content) > MOST_BYTES:
            field.data.close()
            raise ValidationError(_("This file is larger than %(n)s MB. Split it.", n=MOST_BYTES // 1_000_000))
        self.held.data = base64.b64encode(zlib.compress(self.content)).decode()


def _unpacked(held: str) -> bytes:
    """Nothing for what this program did not pack."""
    try:
        return zlib.decompressobj().decompress(base64.b64decode(held, validate=True), MOST_BYTES + 1)
    except (binascii.Error, ValueError, zlib.error):
        return b""
