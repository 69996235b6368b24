"""HTTP for the schedule: what is planned, laying it out, and changing one session."""

from flask import Blueprint

blueprint = Blueprint("schedule", __name__)

from advocates.schedule.views import laying_out, overview, planning, sessions, splitting  # noqa: E402, F401
