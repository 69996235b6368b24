"""One signature with the exact text it stands under, as a page and on paper, for as long as the record lives."""

import uuid

from flask import Response as PdfResponse
from flask import abort, current_app, render_template
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.assessments.agreement_queries import find_signature
from advocates.assessments.models import AgreementSignature, AgreementText
from advocates.assessments.queries import names_of
from advocates.assessments.rules import blocks
from advocates.assessments.signed_text import SignedText, render_signed_text
from advocates.assessments.signing import ON_PAPER
from advocates.assessments.views import blueprint
from advocates.cohorts.scope import load_enrollment
from advocates.formatting import short_day, zoned_time


@blueprint.get("/agreement-signatures/<uuid:signature_id>")
@requires(Permission.VIEW_SIGNATURES)
def show_signature(signature_id: uuid.UUID) -> tuple[str, int]:
    """Says loudly, and answers 409, where the text is no longer the one that was signed."""
    signed = _load(signature_id)
    page = render_template(
        "assessments/show_signature.html",
        signed=signed,
        signature_id=signature_id,
        blocks=blocks(signed.body),
        is_own=signed.signer_id == actor().person_id,
    )
    return page, 200 if signed.is_unchanged else 409


@blueprint.get("/agreement-signatures/<uuid:signature_id>/signed.pdf")
@requires(Permission.VIEW_SIGNATURES)
def print_signature(signature_id: uuid.UUID) -> Response:
    signed = _load(signature_id)
    if not signed.is_unchanged:
        abort(409, _("The stored text is no longer the one that was signed. Tell the program's operator at once."))
    name = f"agreement-signed-{signed.signed_on:%Y-%m-%d}.pdf"
    return PdfResponse(
        render_signed_text(signed, str(get_locale()), _),
        mimetype="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


def _load(signature_id: uuid.UUID) -> SignedText:
    """For the signer, administrators, and the auditors of the cohort."""
    signature, text = find_signature(signature_id) or abort(404)
    row = load_enrollment(signature.enrollment_id, Permission.VIEW_SIGNATURES, own_allowed=True)
    return _signed_text(signature, text, row.enrollment.person_id, row.chosen_name)


def _signed_text(signature: AgreementSignature, text: AgreementText, signer_id: uuid.UUID, signer: str) -> SignedText:
    zone = current_app.config["SETTINGS"].time_zone
    names = names_of([person for person in (signature.recorded_by, signature.witnessed_by) if person])
    return SignedText(
        title=text.title,
        body=text.body,
        version=text.version,
        language=text.language,
        in_force_since=short_day(text.published_at, zone),
        signer_id=signer_id,
        signer=signature.typed_name or signer,
        signed_on=signature.signed_on,
        day=short_day(signature.signed_on),
        recorded=f"{short_day(signature.recorded_at, zone)}, {zoned_time(signature.recorded_at, zone)}",
        recorded_utc=f"{signature.recorded_at:%Y-%m-%d %H:%M:%S} UTC",
        is_on_paper=signature.way == ON_PAPER,
        typist=names.get(signature.recorded_by, ""),
        witness=names.get(signature.witnessed_by, "") if signature.witnessed_by else "",
        text_sha256=signature.text_sha256,
    )
