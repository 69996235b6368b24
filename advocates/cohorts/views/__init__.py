"""HTTP for cohorts: planning them, enrolling people, trainers, and each enrollment's status."""

from flask import Blueprint

blueprint = Blueprint("cohorts", __name__)

from advocates.cohorts.views import cohorts, enrolling, enrollments, roster, trainers  # noqa: E402, F401
