"""HTTP for curriculum: list, import, show, copy, publish, discard, export; competencies."""

from flask import Blueprint

blueprint = Blueprint("curriculum", __name__)

from advocates.curriculum.views import competencies, curricula, drafts, tables  # noqa: E402, F401
