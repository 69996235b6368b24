"""HTTP for attendance."""

from flask import Blueprint

blueprint = Blueprint("attendance", __name__)

from advocates.attendance.views import (  # noqa: E402, F401
    correcting,
    make_ups,
    marks,
    offline,
    paper,
    register,
    reopening,
    seats,
    signing_off,
    walk_ins,
)
