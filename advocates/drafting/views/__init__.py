"""HTTP for drafts: begin one, its editor, its modules and their order, its rules."""

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.curriculum.publishing import AlreadyPublished
from advocates.database import db

blueprint = Blueprint("drafting", __name__)


@blueprint.errorhandler(AlreadyPublished)
def _published(_refusal: AlreadyPublished) -> Response:
    """What is frozen is shown, not edited."""
    db.session.rollback()
    if request.method == "POST":
        flash(_("This version was published meanwhile. Nothing was changed: make a new version from it."), "warning")
    return redirect(url_for("curriculum.show_version", version_id=(request.view_args or {})["version_id"]), 303)


from advocates.drafting.views import drafts, modules, rules  # noqa: E402, F401
