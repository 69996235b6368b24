"""HTTP for curriculum: list, import, show, publish, discard, export."""

from flask import Blueprint

blueprint = Blueprint("curriculum", __name__)

from advocates.curriculum.views import curricula, drafts  # noqa: E402, F401
