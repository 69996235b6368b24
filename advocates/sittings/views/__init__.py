"""HTTP for tests: taking them, what they came to, and opening them for a cohort."""

from flask import Blueprint

from advocates.question_bank.rules.text import blocks_of

blueprint = Blueprint("sittings", __name__)
blueprint.add_app_template_global(blocks_of, "blocks_of")

from advocates.sittings.views import answers, results, starting, taking  # noqa: E402, F401
