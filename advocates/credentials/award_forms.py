"""The forms of awards: revocation and the public check."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length

from advocates.credentials.revoking import RevocationReason
from advocates.form import Form

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


class ConfirmNameForm(Form):
    name = StringField(_l("Name on the certificate"), [InputRequired(_l("Type the name to confirm.")), Length(max=200)])
