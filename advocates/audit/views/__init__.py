"""HTTP for the audit trail."""

from flask import Blueprint

blueprint = Blueprint("audit", __name__)

from advocates.audit.views import events  # noqa: E402, F401
