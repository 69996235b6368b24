"""HTTP for attendance."""

from flask import Blueprint

blueprint = Blueprint("attendance", __name__)

from advocates.attendance.views import correcting, make_ups, register, signing_off  # noqa: E402, F401
