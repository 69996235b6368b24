"""A browser that is a kiosk does only that: every other address leads back to its screen, until somebody signs in."""

import uuid

from flask import g, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from advocates.access import actor
from advocates.check_in.kiosks import end_signed_in
from advocates.check_in.queries import OpenKiosk, find_open_kiosk
from advocates.database import db
from advocates.form_token import cookie_name, delete_cookie

KIOSK = "kiosk"
SCREEN = "check_in.kiosk"
ALWAYS_OPEN = {"static", "overview.healthz", "overview.readyz", "people.sign_in"}


def kiosk_of_browser() -> OpenKiosk | None:
    """The kiosk that this browser is. Sign-ins go first: whoever signed in here has ended it."""
    token = request.cookies.get(cookie_name(KIOSK))
    return find_open_kiosk(token) if token and not current_user.is_authenticated else None


def guard_kiosk() -> Response | None:
    """Where a kiosk's browser is led instead, before any view is called; None for every other browser."""
    token = request.cookies.get(cookie_name(KIOSK))
    if not token or request.endpoint in ALWAYS_OPEN:
        return None
    if current_user.is_authenticated:
        _end(actor().person_id, token)
        return None
    if request.endpoint == SCREEN or find_open_kiosk(token) is None:
        return None
    return redirect(url_for(SCREEN), 303)


def forget_kiosk(response: Response) -> None:
    """Take the cookie of a kiosk that has ended."""
    if "kiosk_has_ended" in g:
        delete_cookie(response, KIOSK)


def _end(actor_id: uuid.UUID, token: str) -> None:
    """On the page that follows the sign-in, which only reads; a form that comes first leaves it to that page."""
    if not db.session.info.get("reading"):
        return
    found = find_open_kiosk(token)
    if found is not None:
        end_signed_in(actor_id, found.kiosk.id)
    g.kiosk_has_ended = True
