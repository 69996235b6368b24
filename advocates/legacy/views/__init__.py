"""HTTP for legacy cohorts: always administrators, and always shown as what they are."""

from flask import Blueprint

blueprint = Blueprint("legacy", __name__)

from advocates.legacy.views import cohorts, people  # noqa: E402, F401
