"""HTTP for attendance."""

from flask import Blueprint

blueprint = Blueprint("attendance", __name__)

from advocates.attendance.views import correcting, make_ups, paper, register, signing_off, walk_ins  # noqa: E402, F401
