"""Signing in and out."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.audit.recording import record
from advocates.database import db, start_reading, start_writing
from advocates.form_token import SIGN_IN, delete_cookie, set_cookie
from advocates.people import passwords, signing_in
from advocates.people.forms import SignInForm
from advocates.people.views import blueprint


@blueprint.route("/sign-in", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
def sign_in() -> tuple[str, int] | str | Response:
    form = SignInForm.of_request()
    if not form.is_submitted_and_valid():
        status = 422 if form.errors else 200
        return render_template("people/sign_in.html", form=form, problem=None), status
    token, problem = _sign_in(form.email.data or "", form.password.data or "")
    if token is None:
        return render_template("people/sign_in.html", form=form, problem=problem), 422
    response = redirect(_safe_next() or url_for("overview.home"), 303)
    set_cookie(response, SIGN_IN, token)
    return response


@blueprint.post("/sign-out")
@requires(Permission.SIGNED_IN)
def sign_out() -> Response:
    signing_in.end_sign_in(actor().sign_in_id)
    record(actor().person_id, "sign_out")
    db.session.commit()
    flash(_("You are signed out."))
    response = redirect(url_for("people.sign_in"), 303)
    delete_cookie(response, SIGN_IN)
    return response


def _sign_in(email: str, password: str) -> tuple[str | None, str | None]:
    """The cookie's token, or a sentence. Reads, ends its transaction, hashes, and only then writes."""
    limits = signing_in.throttle("sign in", email, request.remote_addr or "")
    start_writing(db.session)
    start_reading(db.session)
    throttled = signing_in.is_throttled(limits)
    account = signing_in.find_account(email)
    start_writing(db.session)
    if throttled:
        return None, _("Too many tries. Wait five minutes, then try again, or reset your password.")
    is_right = passwords.is_password(account.password_hash if account else None, password)
    if account is None or not is_right or account.disabled_at is not None:
        signing_in.note_failure(limits)
        return None, _("The e-mail address or the password is not right. Check both and try again.")
    if current_user.is_authenticated:  # its cookie is about to be lost
        signing_in.end_sign_in(current_user.sign_in_id)
    token = signing_in.start_sign_in(account)
    record(account.person_id, "sign_in")
    db.session.commit()
    return token, None


def _safe_next() -> str | None:
    """Where the person was going, when that is a plain path on this site."""
    target = request.args.get("next", "")
    is_local = target.startswith("/") and not target.startswith(("//", "/\\"))
    return target if is_local and "\\" not in target and target.isprintable() else None
