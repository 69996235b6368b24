"""HTTP for equivalence maps: proposing, looking through, approving and discarding them."""

from flask import Blueprint

blueprint = Blueprint("equivalence", __name__)

from advocates.equivalence.views import maps  # noqa: E402, F401
