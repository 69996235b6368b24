"""The first screen after signing in."""

from flask import render_template

from advocates.access import Permission, requires
from advocates.overview.views import blueprint


@blueprint.get("/")
@requires(Permission.SIGNED_IN)
def home() -> str:
    return render_template("overview/home.html")
