"""HTTP for assessments: the sheets of a cohort, a trainee's agreements, and the texts they sign."""

from flask import Blueprint

blueprint = Blueprint("assessments", __name__)

from advocates.assessments.views import agreements, paper, scores, signatures, skills, texts, translations  # noqa: E402, F401
