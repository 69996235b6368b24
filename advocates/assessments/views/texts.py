"""The texts that people sign, for administrators: versions, languages, and who still has to sign."""

from flask import flash, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.assessments import wording
from advocates.assessments.agreement_queries import asked_since, current_texts, still_to_sign, text_versions
from advocates.assessments.forms import AgreementTextForm
from advocates.assessments.rules import blocks
from advocates.assessments.signed_text import direction_of
from advocates.assessments.views import blueprint
from advocates.curriculum.labels import AGREEMENT_LABELS
from advocates.curriculum.rules import Agreement
from advocates.database import db
from advocates.idempotency import commit_and_redirect
from advocates.people.forms import LANGUAGE_NAMES


@blueprint.get("/agreement-texts")
@requires(Permission.MANAGE_SETTINGS)
def list_agreement_texts() -> str:
    versions = text_versions()
    return render_template(
        "assessments/list_agreement_texts.html",
        versions=versions,
        asked_since={key: asked_since(each) for key, each in versions.items()},
        waiting=still_to_sign(),
        missing=[AGREEMENT_LABELS[key] for key in Agreement if key not in versions],
        labels=AGREEMENT_LABELS,
        languages=LANGUAGE_NAMES,
        blocks=blocks,
        direction_of=direction_of,
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
    shown = {"key": current.key, "title": current.title, "body": current.body} if current else {}
    form = AgreementTextForm.of_request(**shown)
    if not form.is_submitted_and_valid():
        return _form_page(form)
    key, title, body = Agreement(form.key.data), form.title.data or "", form.body.data or ""
    try:
        text = wording.add_agreement_text(actor().person_id, key, title, body, asks_again=form.asks_again.data)
    except wording.SameText:
        form.body.errors = [_("This is the text in force, word for word.")]
        return _form_page(form)
    except wording.VersionTaken:
        db.session.rollback()
        form.body.errors = [_("Somebody added a version at the same moment. Look at it first, then send yours again.")]
        return _form_page(form)
    if text.asks_again:
        flash(_("The new text is in force. Everyone in training is asked to sign it."))
    else:
        flash(_("The new text is in force. Who has signed an earlier version need not sign again."))
    return commit_and_redirect("assessments.list_agreement_texts")


def _form_page(form: AgreementTextForm) -> tuple[str, int]:
    return render_template("assessments/add_agreement_text.html", form=form), 422 if form.errors else 200
