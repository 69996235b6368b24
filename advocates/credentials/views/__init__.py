"""HTTP for credentials."""

from flask import Blueprint

blueprint = Blueprint("credentials", __name__)

from advocates.credentials.views import credential, issuing, verification  # noqa: E402, F401
