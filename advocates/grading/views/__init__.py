"""HTTP for grading, second looks, and what the tests tell."""

from flask import Blueprint

blueprint = Blueprint("grading", __name__)

from advocates.grading.views import analysis, essays, second_looks  # noqa: E402, F401
