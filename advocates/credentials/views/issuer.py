"""The issuer and the signatories."""

from flask import flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.credentials.forms import IssuerForm
from advocates.credentials.naming_issuer import find_issuer, name_issuer
from advocates.credentials.views import blueprint
from advocates.idempotency import commit_and_redirect


@blueprint.route("/issuer", methods=["GET", "POST"])
@requires(Permission.MANAGE_SETTINGS)
def edit_issuer() -> tuple[str, int] | Response:
    issuer, signatories = find_issuer()
    form = IssuerForm.showing(issuer, signatories)
    if not form.is_submitted_and_valid():
        page = render_template("credentials/edit_issuer.html", form=form, issuer=issuer)
        return page, 422 if form.errors else 200
    name_issuer(actor().person_id, form.stated())
    flash(_("Saved. Certificates issued from now on carry it; those issued before do not change."))
    return commit_and_redirect("credentials.edit_issuer")
