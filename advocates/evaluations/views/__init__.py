"""HTTP for surveys: the pages of those who are asked, of those who run a cohort, and what is asked."""

from flask import Blueprint

blueprint = Blueprint("evaluations", __name__)

from advocates.evaluations.views import answering, asking, forms, results, rounds  # noqa: E402, F401
