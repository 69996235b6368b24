"""HTTP for people: signing in and out, and the screens of people, roles and agencies."""

from flask import Blueprint

blueprint = Blueprint("people", __name__)

from advocates.people.views import sign_in  # noqa: E402, F401
