"""The audit trail, newest first."""

from flask import current_app, render_template, request

from advocates.access import Permission, requires
from advocates.audit import wording
from advocates.audit.queries import find_events
from advocates.audit.views import blueprint


@blueprint.get("/audit")
@requires(Permission.VIEW_AUDIT)
def list_events() -> str:
    before = request.args.get("before", type=int)
    if before is not None and not 0 < before < 2**63:
        before = None
    return render_template(
        "audit/list_events.html",
        page=find_events(before),
        is_newest=before is None,
        wording=wording,
        zone=current_app.config["SETTINGS"].time_zone,
    )
