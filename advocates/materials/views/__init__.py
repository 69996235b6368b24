"""HTTP for materials: a version's list, adding, retiring, downloading."""

from flask import Blueprint

blueprint = Blueprint("materials", __name__)

from advocates.materials.views import materials  # noqa: E402, F401
