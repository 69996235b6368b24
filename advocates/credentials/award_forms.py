"""The forms of awards: revocation and the public check."""

import re

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, ValidationError

from advocates.credentials.codes import clean_code
from advocates.credentials.revoking import RevocationReason
from advocates.form import Form

SERIAL = re.compile(r"[A-Z][A-Z0-9]{1,9}-\d{4}-\d{4,}", re.IGNORECASE)
REVOCATION_REASONS = {
    RevocationReason.ISSUED_IN_ERROR: _l("It was issued in error"),
    RevocationReason.REQUIREMENTS_NOT_MET: _l("A correction showed that a requirement is not met"),
    RevocationReason.WRONG_PERSON: _l("It was issued to the wrong person"),
    RevocationReason.HOLDER_ASKED: _l("The holder asked for it"),
}


class RevocationForm(Form):
    reason = SelectField(
        _l("Reason"),
        [InputRequired(_l("Choose a reason."))],
        choices=[
            SelectChoice("", _l("Choose one")),
            *(SelectChoice(reason.value, label) for reason, label in REVOCATION_REASONS.items()),
        ],
    )


class VerifyForm(Form):
    code = StringField(
        _l("Verification code"), [InputRequired(_l("Type the code that stands on the certificate.")), Length(max=60)]
    )

    def validate_code(self, field: StringField) -> None:
        if SERIAL.fullmatch((field.data or "").strip()) and clean_code(field.data or "") is None:
            raise ValidationError(gettext("That looks like the serial number. Type the verification code instead."))


class ConfirmNameForm(Form):
    name = StringField(_l("Name on the certificate"), [InputRequired(_l("Type the name to confirm.")), Length(max=200)])
