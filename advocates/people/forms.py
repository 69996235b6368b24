"""The forms of people and sign-in."""

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from advocates.form import Form


class SignInForm(Form):
    email = StringField(_l("E-mail address"), [InputRequired(_l("Type your e-mail address.")), Length(max=320)])
    password = PasswordField(_l("Password"), [InputRequired(_l("Type your password.")), Length(max=1000)])
