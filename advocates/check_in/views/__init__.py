"""HTTP for checking in."""

from flask import Blueprint

blueprint = Blueprint("check_in", __name__)

from advocates.check_in.views import confirming, kiosk, kiosks, own, rooms  # noqa: E402, F401
