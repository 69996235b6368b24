"""The public check, without an account."""

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, requires
from advocates.credentials.award_forms import ConfirmNameForm, VerifyForm
from advocates.credentials.codes import clean_code
from advocates.credentials.verifying import Answer, Verification, is_printed_name, verify_code
from advocates.credentials.views import blueprint
from advocates.database import db, start_writing
from advocates.people import signing_in


@blueprint.route("/verify", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
def verify() -> Response | tuple[str, int]:
    form = VerifyForm.of_request()
    if not form.is_submitted_and_valid():
        return render_template("credentials/verify.html", form=form, problem=None), 422 if form.errors else 200
    code = clean_code(form.code.data or "") or (form.code.data or "").strip()[:60]
    return redirect(url_for("credentials.show_verification", code=code), 303)


@blueprint.route("/verify/<code>", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
def show_verification(code: str) -> tuple[str, int]:
    """POST confirms a typed name: it is compared, never shown and never kept."""
    verification = _checked(code)
    form, confirmed = ConfirmNameForm.of_request(), None
    may_confirm = verification.answer is Answer.VALID and verification.credential_id is not None
    if may_confirm and form.is_submitted_and_valid():
        confirmed = is_printed_name(verification.credential_id, form.name.data or "")  # type: ignore[arg-type]
    status = 404 if verification.answer is Answer.UNKNOWN else 422 if form.errors else 200
    page = render_template(
        "credentials/show_verification.html",
        form=form,
        code=code,
        verification=verification,
        is_confirmed=confirmed,
        was_asked=may_confirm and request.method == "POST" and not form.errors,
    )
    return page, status


def _checked(code: str) -> Verification:
    """The answer; guessing codes from one address is slowed down."""
    limits = signing_in.throttle("verify", code, request.remote_addr or "")
    if signing_in.is_throttled(limits):
        abort(429, _("Too many codes were tried from here. Wait five minutes and try again."))
    verification = verify_code(code)
    if verification.answer is Answer.UNKNOWN:
        start_writing(db.session)
        signing_in.note_failure(limits)
    return verification
