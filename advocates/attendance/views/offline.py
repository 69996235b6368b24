"""What a browser needs to open a kept register without a network. Nothing here says anything of anybody."""

from pathlib import Path

from flask import Response, current_app, jsonify, render_template, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from advocates.access import Permission, requires
from advocates.attendance.views import blueprint

INK, PAPER = "#162e51", "#ffffff"


@blueprint.get("/service-worker.js")
@requires(Permission.PUBLIC)
def service_worker() -> Response:
    """At the root of the site: a worker sees the addresses below its own."""
    script = Path(current_app.static_folder or "") / "service-worker.js"
    return Response(script.read_bytes(), mimetype="text/javascript")


@blueprint.get("/manifest.webmanifest")
@requires(Permission.PUBLIC)
def web_manifest() -> Response:
    """What the site is called and looks like on a phone's first screen: neutral, as its page titles are."""
    icons = [
        {"src": url_for("static", filename=f"site/{name}.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": use}
        for name, use in (("icon", "any"), ("icon-maskable", "maskable"))
    ]
    answer = jsonify(
        id="/",
        name=_("Training"),
        short_name=_("Training"),
        lang=str(get_locale()),
        dir=get_locale().text_direction,
        start_url=url_for("overview.home"),
        scope="/",
        display="minimal-ui",
        theme_color=INK,
        background_color=PAPER,
        icons=icons,
    )
    answer.mimetype = "application/manifest+json"
    return answer


@blueprint.get("/offline")
@requires(Permission.PUBLIC)
def offline() -> str:
    """Shown by the service worker for every page that cannot be reached."""
    return render_template("attendance/offline.html")


@blueprint.get("/not-sent")
@requires(Permission.SIGNED_IN)
def list_unsent() -> str:
    """What is kept in the browser alone, and read there."""
    return render_template("attendance/list_unsent.html")
