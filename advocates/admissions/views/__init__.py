"""HTTP for admissions: the public pages to apply and to answer an offer, and the administrators' pages."""

from flask import Blueprint

blueprint = Blueprint("admissions", __name__)

from advocates.admissions.views import answering, applications, applying, consent, terms  # noqa: E402, F401
