"""The forms of people and sign-in."""

import uuid
from collections.abc import Iterable
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, PasswordField, SelectField, StringField, ValidationError
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from advocates.access import Role
from advocates.form import Form
from advocates.formatting import TRANSLATED
from advocates.people.rules import LONGEST_NAME, NameProblem, NameRefused, clean_name

LANGUAGE_NAMES = {"en": "English", "es": "Español", "pl": "Polski", "zh": "中文（简体）", "ar": "العربية"}
EVERY_COHORT = "every"
ROLE_NAMES = {
    Role.ADMINISTRATOR: _l("Administrator"),
    Role.TRAINER: _l("Trainer"),
    Role.TRAINEE: _l("Trainee"),
    Role.AUDITOR: _l("Auditor"),
}


def printable_name(_form: Form, field: Any) -> None:
    """Clean the name in place, or say what is the matter with it."""
    try:
        field.data = clean_name(field.data or "")
    except NameRefused as error:
        sentences = {
            NameProblem.NO_LETTER: gettext("Type the name with at least one letter."),
            NameProblem.TOO_LONG: gettext("Use at most %(n)s characters.", n=LONGEST_NAME),
            NameProblem.HIDDEN_CHARACTER: gettext(
                "This holds a hidden character (%(code)s). Type the name without pasting it.", code=error.code_point
            ),
        }
        raise ValidationError(sentences[error.problem]) from error


def email_address(_form: Form, field: Any) -> None:
    """Refuse what no mail can reach; nothing is looked up."""
    try:
        field.data = validate_email(field.data or "", check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise ValidationError(gettext("Type an e-mail address such as name@example.org.")) from error


def one_line(text: str | None) -> str | None:
    """Without line breaks and doubled spaces; nothing typed is None."""
    return " ".join((text or "").split()) or None


def id_or_none(value: object) -> uuid.UUID | None:
    """What a list of rows sends: a row's key, or nothing. Raises ValueError as WTForms expects."""
    return value if isinstance(value, uuid.UUID) else (uuid.UUID(str(value)) if value else None)


def id_in_address(value: str) -> uuid.UUID | None:
    """A row's key from an address or a hidden field; None for anything else."""
    try:
        return id_or_none(value)
    except ValueError:
        return None


def scope_or_none(value: object) -> uuid.UUID | str | None:
    """What a list of cohorts sends where every one may be meant too."""
    return EVERY_COHORT if value == EVERY_COHORT else id_or_none(value)


def role_or_none(value: object) -> Role | None:
    return Role(str(value)) if value else None


def row_choices(rows: Iterable[tuple[uuid.UUID, str]], none: str) -> list[SelectChoice]:
    """The options of a list of rows, after one that says `none`."""
    return [SelectChoice("", none), *(SelectChoice(str(key), label) for key, label in rows)]


class SignInForm(Form):
    email = StringField(_l("E-mail address"), [InputRequired(_l("Type your e-mail address.")), Length(max=320)])
    password = PasswordField(_l("Password"), [InputRequired(_l("Type your password.")), Length(max=1000)])


class ResetForm(Form):
    email = StringField(_l("E-mail address"), [InputRequired(_l("Type your e-mail address.")), Length(max=320)])


class PasswordForm(Form):
    password = PasswordField(_l("New password"), [InputRequired(_l("Choose a password.")), Length(max=1000)])


class FirstAdministratorForm(Form):
    name = StringField(_l("Your name"), [InputRequired(_l("Type your name.")), printable_name])
    email = StringField(_l("E-mail address"), [InputRequired(_l("Type your e-mail address.")), email_address])
    password = PasswordField(_l("Password"), [InputRequired(_l("Choose a password.")), Length(max=1000)])


class ProfileForm(Form):
    """What a person keeps right themself."""

    chosen_name = StringField(_l("Name"), [InputRequired(_l("Type a name.")), printable_name])
    pronunciation = StringField(_l("How the name is said"), [Optional(), Length(max=200)], filters=[one_line])
    language = SelectField(
        _l("Preferred language"), choices=[SelectChoice(code, LANGUAGE_NAMES[code]) for code in TRANSLATED]
    )
    contact_preference = StringField(_l("Safe ways to be reached"), [Optional(), Length(max=500)], filters=[one_line])
    declines_mail = BooleanField(_l("Do not write by e-mail"))
    agency_id = SelectField(_l("Agency"), coerce=id_or_none)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(TRANSLATED) < 2:  # nothing to choose: what is stored stays
            del self.language


class PersonForm(ProfileForm):
    """What an administrator keeps right."""

    email = StringField(_l("E-mail address"), [Optional(), email_address], filters=[one_line])
    certificate_name = StringField(_l("Name on the certificate"), [Optional(), printable_name], filters=[one_line])


class CertificateNameForm(Form):
    certificate_name = StringField(
        _l("Name on the certificate"), [InputRequired(_l("Type the name to print.")), printable_name]
    )


class NameConfirmationForm(CertificateNameForm):
    witness_id = SelectField(
        _l("Witness"), [InputRequired(_l("Choose who saw the paper being signed."))], coerce=id_or_none
    )
    signed_on = DateField(_l("Day on the paper"), [InputRequired(_l("Type the day on the paper."))])


class RoleForm(Form):
    role = SelectField(
        _l("Role"),
        [InputRequired(_l("Choose a role."))],
        choices=[
            SelectChoice("", _l("Choose")),
            *(SelectChoice(role.value, name) for role, name in ROLE_NAMES.items()),
        ],
        coerce=role_or_none,
    )
    cohort_id = SelectField(_l("Cohort"), [InputRequired(_l("Choose where the role holds."))], coerce=scope_or_none)
    expires_on = DateField(_l("Last day"), [Optional()])

    def offer(self, cohorts: Iterable[tuple[uuid.UUID, str]]) -> "RoleForm":
        none, *rows = row_choices(cohorts, gettext("Choose"))
        self.cohort_id.choices = [none, SelectChoice(EVERY_COHORT, gettext("Every cohort")), *rows]
        return self

    def cohort(self) -> uuid.UUID | None:
        """The one cohort where the role is to hold, None for every one."""
        return None if self.cohort_id.data == EVERY_COHORT else self.cohort_id.data


class AgencyForm(Form):
    name = StringField(_l("Name"), [DataRequired(_l("Type the agency's name.")), Length(max=200)], filters=[one_line])
    community_area = StringField(_l("Community area"), [Optional(), Length(max=100)], filters=[one_line])
