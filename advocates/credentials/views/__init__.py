"""HTTP for credentials."""

from flask import Blueprint

blueprint = Blueprint("credentials", __name__)

from advocates.credentials.views import credential, graduation, issuer, issuing, verification, waivers  # noqa: E402, F401
