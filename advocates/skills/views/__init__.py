"""HTTP for observed skills."""

from flask import Blueprint

blueprint = Blueprint("skills", __name__)

from advocates.skills.views import cohorts, observing, preparing, saving  # noqa: E402, F401
