"""The public check, without an account."""

import re
import uuid
from collections.abc import Mapping

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
    return redirect(url_for("credentials.show_verification", code=_in_address(form.code.data or "")), 303)


@blueprint.route("/verify/<path:code>", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
def show_verification(code: str) -> tuple[str, int]:
    """POST confirms a typed name: it is compared, never shown and never kept."""
    verification = _checked(code)
    form, confirmed = ConfirmNameForm.of_request(), None
    may_confirm = verification.answer is Answer.VALID
    if may_confirm and verification.credential_id and form.is_submitted_and_valid():
        confirmed = _is_name(verification.credential_id, form.name.data or "")
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


def _in_address(typed: str) -> str:
    """The code, or, where it can be none, what of it an address may hold: it is answered as unknown."""
    return clean_code(typed) or "-".join(re.findall(r"[0-9A-Za-z]+", typed)) or "-"


def _checked(code: str) -> Verification:
    """The answer; guessing codes from one address is slowed down."""
    limits = _limits("verify", code, _("Too many codes were tried from here. Wait five minutes and try again."))
    verification = verify_code(code)
    if verification.answer is Answer.UNKNOWN:
        _note_failure(limits)
    return verification


def _is_name(credential_id: uuid.UUID, typed: str) -> bool | None:
    """Whether it is the printed name; guessing names of one certificate is slowed down too."""
    limits = _limits(
        "confirm name", str(credential_id), _("Too many names were tried. Wait five minutes and try again.")
    )
    is_printed = is_printed_name(credential_id, typed)
    if is_printed is False:
        _note_failure(limits)
    return is_printed


def _limits(what: str, subject: str, sentence: str) -> Mapping[str, int]:
    """What a failure counts against; 429 with the sentence where there were too many."""
    limits = signing_in.throttle(what, subject, request.remote_addr or "")
    if signing_in.is_throttled(limits):
        abort(429, sentence)
    return limits


def _note_failure(limits: Mapping[str, int]) -> None:
    start_writing(db.session)
    signing_in.note_failure(limits)
