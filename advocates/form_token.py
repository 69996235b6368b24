"""The token that proves a form is ours: an HMAC of the browser's own cookie.

It lives exactly as long as the sign-in does, so a register that stood open for a two-hour class can still be saved.
"""

import hashlib
import hmac

from flask import abort, current_app, g, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from advocates.database import new_token

SIGN_IN = "sign_in"
VISITOR = "visitor"
FIELD = "form_token"
HEADER = "X-Form-Token"


def cookie_name(name: str) -> str:
    """`__Host-` where the base address is https: browsers then bind the cookie to this host alone."""
    return f"__Host-{name}" if current_app.config["SESSION_COOKIE_SECURE"] else name


def form_token() -> str:
    """The token for the forms of this response."""
    cookie = request.cookies.get(cookie_name(SIGN_IN)) or request.cookies.get(cookie_name(VISITOR))
    if not cookie:
        if "new_visitor" not in g:
            g.new_visitor = new_token()
        cookie = g.new_visitor
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, b"form" + cookie.encode(), hashlib.sha256).hexdigest()


def check_form_token() -> None:
    """Refuse a write whose form is not ours."""
    given = request.form.get(FIELD) or request.headers.get(HEADER, "")
    has_cookie = cookie_name(SIGN_IN) in request.cookies or cookie_name(VISITOR) in request.cookies
    if not has_cookie or not hmac.compare_digest(given.encode(), form_token().encode()):
        abort(400, gettext("This form is no longer valid. Go back, reload the page and send it again."))


def keep_visitor(response: Response) -> None:
    """Set the anonymous cookie that this response's form token was made from."""
    if "new_visitor" in g:
        set_cookie(response, VISITOR, g.new_visitor)


def set_cookie(response: Response, name: str, value: str, max_age: int | None = None) -> None:
    response.set_cookie(
        cookie_name(name),
        value,
        max_age=max_age,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )


def delete_cookie(response: Response, name: str) -> None:
    response.delete_cookie(
        cookie_name(name), secure=current_app.config["SESSION_COOKIE_SECURE"], httponly=True, samesite="Lax"
    )
