"""Translations of the texts that people sign: written beside the binding text, then reviewed."""

import uuid

from flask import abort, flash, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.assessments import wording
from advocates.assessments.agreement_queries import VersionTexts, text_versions
from advocates.assessments.forms import TranslationForm
from advocates.assessments.models import AgreementText
from advocates.assessments.rules import blocks
from advocates.assessments.views import blueprint
from advocates.database import db
from advocates.idempotency import commit_and_redirect
from advocates.people.forms import LANGUAGE_NAMES


@blueprint.route("/agreement-texts/<uuid:text_id>/translations/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_SETTINGS)
def add_translation(text_id: uuid.UUID) -> tuple[str, int] | Response:
    """A translation of the binding text that the address names."""
    text = db.session.get(AgreementText, text_id) or abort(404)
    version, earlier = _versions_of(text)
    left = [code for code in LANGUAGE_NAMES if code not in version.by_language]
    language = request.args.get("language", "")
    start = next((each.by_language[language] for each in earlier if language in each.by_language), None)
    shown = {"title": start.title, "body": start.body} if start else {}
    form = TranslationForm.of_request(language=language, **shown).offer(left)
    if not form.is_submitted_and_valid():
        return _form_page(text, form)
    try:
        wording.add_translation(
            actor().person_id, text, form.language.data, form.title.data or "", form.body.data or ""
        )
    except wording.VersionTaken:
        db.session.rollback()
        form.language.errors = [_("Somebody added this translation at the same moment. Look at it first.")]
        return _form_page(text, form)
    flash(_("The translation can be read and signed. It says that it was not reviewed until somebody reviews it."))
    return commit_and_redirect("assessments.list_agreement_texts")


@blueprint.post("/agreement-texts/<uuid:text_id>/review")
@requires(Permission.MANAGE_SETTINGS)
def review_translation(text_id: uuid.UUID) -> Response:
    text = db.session.get(AgreementText, text_id) or abort(404)
    try:
        wording.review_translation(actor().person_id, text)
    except wording.NothingToReview:
        abort(409, _("There is nothing to review: this is the binding text, or somebody has reviewed it before."))
    flash(_("The translation is marked as reviewed."))
    return commit_and_redirect("assessments.list_agreement_texts")


def _versions_of(text: AgreementText) -> tuple[VersionTexts, list[VersionTexts]]:
    """The version that this binding text begins, and the earlier ones, newest first; 404 for a translation."""
    if not text.is_binding:
        abort(404)
    versions = text_versions()[text.key]
    place = next(n for n, each in enumerate(versions) if each.binding.id == text.id)
    return versions[place], versions[place + 1 :]


def _form_page(text: AgreementText, form: TranslationForm) -> tuple[str, int]:
    page = render_template("assessments/add_translation.html", form=form, text=text, blocks=blocks(text.body))
    return page, 422 if form.errors else 200
