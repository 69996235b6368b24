"""A trainee reads and signs their agreements, each in the language they choose."""

import uuid

from flask import abort, flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.assessments import signing
from advocates.assessments.agreement_queries import own_agreements, text_versions
from advocates.assessments.forms import SignForm
from advocates.assessments.models import AgreementText
from advocates.assessments.rules import blocks
from advocates.assessments.signed_text import direction_of
from advocates.assessments.views import blueprint
from advocates.curriculum.labels import AGREEMENT_LABELS
from advocates.database import db
from advocates.idempotency import commit_and_redirect
from advocates.people.forms import LANGUAGE_NAMES


@blueprint.get("/agreements")
@requires(Permission.SIGN_AGREEMENTS)
def list_agreements() -> str:
    return render_template(
        "assessments/list_agreements.html",
        agreements=own_agreements(actor().person_id),
        language=actor().language,
        labels=AGREEMENT_LABELS,
    )


@blueprint.route("/agreements/<uuid:text_id>", methods=["GET", "POST"])
@requires(Permission.SIGN_AGREEMENTS)
def sign_agreement(text_id: uuid.UUID) -> tuple[str, int] | Response:
    text = db.session.get(AgreementText, text_id) or abort(404)
    form = SignForm.of_request()
    if not form.is_submitted_and_valid():
        return _page(text, form)
    try:
        signing.sign_agreement(actor(), text, form.typed_name.data or "")
    except signing.WrongName as refusal:
        names = _(" or ").join(refusal.names)
        form.typed_name.errors = [_("Type your name as it stands in your profile: %(names)s.", names=names)]
        return _page(text, form)
    except signing.NewerText:
        abort(409, _("This text has a newer version. Go back to your agreements, then read and sign that one."))
    except signing.NothingToSign:
        abort(409, _("There is nothing for you to sign here: you signed it before, or nobody asks you to."))
    flash(_("Thank you. Your signature is recorded."))
    return commit_and_redirect("assessments.list_agreements")


def _page(text: AgreementText, form: SignForm) -> tuple[str, int]:
    versions = text_versions()[text.key]
    page = render_template(
        "assessments/sign_agreement.html",
        form=form,
        text=text,
        texts=next(each for each in versions if each.binding.version == text.version),
        newest=versions[0].binding.version,
        blocks=blocks(text.body),
        asked=next((own for own in own_agreements(actor().person_id) if own.key == text.key), None),
        language=actor().language,
        direction_of=direction_of,
        language_names=LANGUAGE_NAMES,
        labels=AGREEMENT_LABELS,
    )
    return page, 422 if form.errors else 200
