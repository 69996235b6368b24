"""One award: what it states and stands on, its exact file, and its revocation."""

import json
import uuid

from flask import Response as FileResponse
from flask import abort, current_app, flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.cohorts.queries import EnrollmentRow
from advocates.cohorts.scope import load_enrollment
from advocates.credentials.award_forms import RevocationForm
from advocates.credentials.models import Credential, CredentialPerson, CredentialState
from advocates.credentials.refusals import refusal_sentences
from advocates.credentials.reviewing import find_change
from advocates.credentials.revoking import NotInForce, OwnCredential, RevocationReason, revoke_credential
from advocates.credentials.views import blueprint
from advocates.database import db
from advocates.files import storing
from advocates.idempotency import commit_and_redirect


@blueprint.get("/credentials/<uuid:credential_id>")
@requires(Permission.VIEW_ENROLLMENTS)
def show_credential(credential_id: uuid.UUID) -> str:
    credential, row = _load(credential_id, Permission.VIEW_ENROLLMENTS, own_allowed=True)
    change = find_change(credential)
    person = db.session.get(CredentialPerson, credential_id)
    return render_template(
        "credentials/show_credential.html",
        credential=credential,
        printed_name=person.printed_name if person else _("Name no longer held"),
        stated=json.loads(credential.content),
        proof=json.loads(credential.proof),
        row=row,
        is_own=row.enrollment.person_id == actor().person_id,
        change=change,
        lacking=refusal_sentences(requirement.key for requirement in change.shortfalls) if change else [],
        check_address=f"{current_app.config['BASE_ADDRESS']}/verify/{credential.code}",
    )


@blueprint.get("/credentials/<uuid:credential_id>/certificate.pdf")
@requires(Permission.VIEW_ENROLLMENTS)
def download_certificate(credential_id: uuid.UUID) -> Response:
    """The exact bytes issued; never rendered again."""
    credential, _row = _load(credential_id, Permission.VIEW_ENROLLMENTS, own_allowed=True)
    content = storing.get(credential.pdf_file_id) if credential.pdf_file_id else None
    if content is None or credential.state is CredentialState.RESERVED:
        abort(404)
    disposition = f'inline; filename="certificate-{credential.serial}.pdf"'
    return FileResponse(content, mimetype="application/pdf", headers={"Content-Disposition": disposition})


@blueprint.route("/credentials/<uuid:credential_id>/revoke", methods=["GET", "POST"])
@requires(Permission.ISSUE_CREDENTIALS)
def revoke(credential_id: uuid.UUID) -> Response | tuple[str, int]:
    credential, _row = _load(credential_id, Permission.ISSUE_CREDENTIALS)
    form = RevocationForm.of_request()
    if not form.is_submitted_and_valid():
        page = render_template("credentials/revoke.html", form=form, credential=credential, problem=None)
        return page, 422 if form.errors else 200
    try:
        revoke_credential(actor().person_id, credential_id, RevocationReason(form.reason.data))
    except NotInForce:
        abort(409, _("This certificate is not in force, so it cannot be revoked."))
    except OwnCredential:
        abort(409, _("Nobody revokes their own certificate. Ask another administrator."))
    flash(_("The certificate is revoked. Its check address says so from now on."))
    return commit_and_redirect("credentials.show_credential", credential_id=credential_id)


def _load(
    credential_id: uuid.UUID, permission: Permission, own_allowed: bool = False
) -> tuple[Credential, EnrollmentRow]:
    credential = db.session.get(Credential, credential_id)
    if credential is None:
        abort(404)
    return credential, load_enrollment(credential.enrollment_id, permission, own_allowed=own_allowed)
