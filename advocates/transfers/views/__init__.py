"""HTTP for moving people to another cohort and transferring them to another version."""

from flask import Blueprint

blueprint = Blueprint("transfers", __name__)

from advocates.transfers.views import moving  # noqa: E402, F401
