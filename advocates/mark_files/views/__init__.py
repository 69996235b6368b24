"""HTTP for marks from files."""

from flask import Blueprint

blueprint = Blueprint("mark_files", __name__)

from advocates.mark_files.views import importing  # noqa: E402, F401
