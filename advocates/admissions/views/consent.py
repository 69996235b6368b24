"""The text that applicants agree to, and its earlier versions."""

from flask import flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.admissions import consenting, queries
from advocates.admissions.forms import ConsentForm
from advocates.admissions.views import blueprint
from advocates.database import db
from advocates.idempotency import commit_and_redirect


@blueprint.route("/application-consent", methods=["GET", "POST"])
@requires(Permission.MANAGE_SETTINGS)
def edit_consent() -> tuple[str, int] | Response:
    texts = queries.consent_texts()
    version = texts[0].version if texts else 0
    form = ConsentForm.of_request(body=texts[0].body if texts else consenting.shipped_text(), seen_version=version)
    if form.is_submitted_and_valid():
        try:
            consenting.add_consent_text(actor().person_id, form.body.data or "", form.version())
        except consenting.SameText:
            form.body.errors = [_("This is the text in force, word for word.")]
        except consenting.VersionTaken:
            db.session.rollback()
            texts = queries.consent_texts()
            form.seen_version.data = str(texts[0].version if texts else 0)
            form.body.errors = [_("Somebody added a version meanwhile. Look at it below, then send yours again.")]
        else:
            flash(_("The new text is in force. What earlier applicants agreed to stays on record."))
            return commit_and_redirect("admissions.edit_consent")
    return render_template("admissions/edit_consent.html", form=form, texts=texts), 422 if form.errors else 200
