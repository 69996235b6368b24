"""HTTP for people: signing in and out, and the screens of people, roles and agencies."""

from flask import Blueprint

blueprint = Blueprint("people", __name__)

from advocates.people.views import (  # noqa: E402, F401
    agencies,
    invitations,
    people,
    profile,
    roles,
    sign_in,
    sign_ins,
)
