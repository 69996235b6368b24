"""HTTP for the question bank: its list, one question, writing, files of questions."""

from flask import Blueprint

from advocates.question_bank.rules.text import blocks_of

blueprint = Blueprint("question_bank", __name__)
blueprint.add_app_template_filter(blocks_of, "text_blocks")

from advocates.question_bank.views import importing, questions, retiring, writing  # noqa: E402, F401
