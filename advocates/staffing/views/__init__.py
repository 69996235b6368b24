"""HTTP for the staff of sessions and for qualifications."""

from flask import Blueprint

blueprint = Blueprint("staffing", __name__)

from advocates.staffing.views import qualifications, staff  # noqa: E402, F401
