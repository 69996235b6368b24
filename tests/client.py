"""The test client: it fails on what was flushed and never committed, and on pages that are not sound HTML."""

import contextvars
import hashlib
import hmac
import re
import uuid
from collections import Counter
from typing import Any

import html5lib
from flask import has_app_context
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from advocates.database import db
from advocates.people.models import Account
from advocates.people.signing_in import start_sign_in

NAMESPACE = "{http://www.w3.org/1999/xhtml}"
UNLABELED = {"hidden", "submit", "button", "image", "reset"}


class StrictClient(FlaskClient):
    """A browser. `get` checks the page it gets; `post_form` sends the form token and a fresh request key.

    Each request runs in an empty context: inside the test's own app context Flask would share `g` with it.
    """

    cookie: str | None = None

    def sign_in(self, person_id: uuid.UUID) -> "StrictClient":
        """Sign in without the screen: a real sign-in row and its cookie."""
        account = db.session.get_one(Account, person_id)
        self.cookie = start_sign_in(account)
        db.session.commit()
        db.session.remove()
        self.set_cookie("sign_in", self.cookie)
        return self

    def post_form(self, address: str, data: dict[str, Any] | None = None, **more: Any) -> TestResponse:
        """POST as the page's own form would. Pass request_key in `data` to send the same form twice."""
        if self.cookie is None:
            self.cookie = "visitor-of-a-test"
            self.set_cookie("visitor", self.cookie)
        secret = self.application.config["SECRET_KEY"].encode()
        token = hmac.new(secret, b"form" + self.cookie.encode(), hashlib.sha256).hexdigest()
        fields = {"form_token": token, "request_key": str(uuid.uuid4()), **(data or {})}
        return self.post(address, data=fields, **more)

    def seen(self, address: str) -> str:
        """What the edit form at this address says it has shown, to be sent back with it."""
        return seen_on(self.get(address).text)

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        if has_app_context():
            db.session.remove()
        dirty: list[bool] = []

        def after_flush(_session: Any, _context: Any) -> None:
            dirty.append(True)

        def after_commit(_session: Any) -> None:
            dirty.clear()

        def after_rollback(_session: Any) -> None:
            dirty.clear()

        event.listen(Session, "after_flush", after_flush)
        event.listen(Session, "after_commit", after_commit)
        event.listen(Session, "after_rollback", after_rollback)
        try:
            response = contextvars.Context().run(super().open, *args, **kwargs)
        finally:
            event.remove(Session, "after_flush", after_flush)
            event.remove(Session, "after_commit", after_commit)
            event.remove(Session, "after_rollback", after_rollback)
        assert not dirty, "the request flushed changes and never committed them"
        if response.mimetype == "text/html" and response.data and not 300 <= response.status_code < 400:
            check_page(response.text)
        return response


def seen_on(html: str) -> str:
    """The hidden field of an edit form; empty where the page has none."""
    found = re.search(r'name="seen" value="([^"]*)"', html)
    return found[1] if found else ""


def check_page(html: str) -> None:
    """Valid HTML, one heading that agrees with the title, no duplicate ids, every control labeled."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"))
    root = parser.parse(html)
    assert not parser.errors, f"invalid HTML: {parser.errors[:3]}"
    elements = list(root.iter())
    headings = ["".join(e.itertext()).strip() for e in elements if e.tag == NAMESPACE + "h1"]
    title = "".join(next(e for e in elements if e.tag == NAMESPACE + "title").itertext())
    assert len(headings) == 1, f"one h1 expected, found {headings}"
    assert headings[0], "the page has no title"
    assert title.startswith(headings[0].split("\n")[0]), f"{title!r} does not begin with {headings[0]!r}"
    ids = Counter(e.get("id") for e in elements if e.get("id"))
    assert not (twice := [i for i, n in ids.items() if n > 1]), f"duplicate ids {twice}"
    labeled = {e.get("for") for e in elements if e.tag == NAMESPACE + "label"}
    inside = {id(c) for e in elements if e.tag == NAMESPACE + "label" for c in e.iter()}
    for e in elements:
        if e.tag in {NAMESPACE + "input", NAMESPACE + "select", NAMESPACE + "textarea"}:
            named = e.get("id") in labeled or id(e) in inside or e.get("aria-label") or e.get("aria-labelledby")
            assert named or e.get("type") in UNLABELED, f"unlabeled control {e.attrib}"
        for reference in (e.get("aria-describedby") or "").split():
            assert reference in ids, f"aria-describedby names {reference!r}, which is not on the page"
