"""The texts that people sign, for administrators."""

from flask import flash, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.assessments import wording
from advocates.assessments.forms import AgreementTextForm
from advocates.assessments.queries import agreement_texts, current_texts
from advocates.assessments.rules import blocks
from advocates.assessments.views import blueprint
from advocates.curriculum.labels import AGREEMENT_LABELS
from advocates.curriculum.rules import Agreement
from advocates.database import db
from advocates.idempotency import commit_and_redirect


@blueprint.get("/agreement-texts")
@requires(Permission.MANAGE_SETTINGS)
def list_agreement_texts() -> str:
    texts = agreement_texts()
    missing = [AGREEMENT_LABELS[key] for key in Agreement if key not in {text.key for text in texts}]
    return render_template(
        "assessments/list_agreement_texts.html", texts=texts, missing=missing, labels=AGREEMENT_LABELS, blocks=blocks
    )


@blueprint.post("/agreement-texts/install")
@requires(Permission.MANAGE_SETTINGS)
def install_texts() -> Response:
    wording.ensure_shipped_texts(actor().person_id)
    flash(_("The program's standard texts are in use."))
    return commit_and_redirect("assessments.list_agreement_texts")


@blueprint.route("/agreement-texts/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_SETTINGS)
def add_agreement_text() -> tuple[str, int] | Response:
    current = current_texts().get(request.args.get("key", ""))
    form = AgreementTextForm.of_request(obj=current)
    if not form.is_submitted_and_valid():
        return render_template("assessments/add_agreement_text.html", form=form), 422 if form.errors else 200
    key, title, body = Agreement(form.key.data), form.title.data or "", form.body.data or ""
    try:
        wording.add_agreement_text(actor().person_id, key, title, body)
    except wording.SameText:
        form.body.errors = [_("This is the text in force, word for word.")]
        return render_template("assessments/add_agreement_text.html", form=form), 422
    except wording.VersionTaken:
        db.session.rollback()
        form.body.errors = [_("Somebody added a version at the same moment. Look at it first, then send yours again.")]
        return render_template("assessments/add_agreement_text.html", form=form), 422
    flash(_("The new text is in force. Who has signed an earlier version need not sign again."))
    return commit_and_redirect("assessments.list_agreement_texts")
