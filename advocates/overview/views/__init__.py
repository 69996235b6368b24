"""HTTP for the first screens, one enrollment, and the two health addresses."""

from flask import Blueprint

blueprint = Blueprint("overview", __name__)

from advocates.overview.views import closing, enrollment, health, home, prospects, versions  # noqa: E402, F401
