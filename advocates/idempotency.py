"""A form sent twice has one effect: each carries a key, stored with its result in the same transaction."""

import hashlib
import uuid
from datetime import datetime

from flask import abort, g, redirect, request, url_for
from flask_babel import gettext
from sqlalchemy import String, select, text
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.wrappers import Response

from advocates import clock
from advocates.access import actor
from advocates.database import Keyed, Model, db
from advocates.form_token import FIELD

KEY_FIELD = "request_key"


class RequestKey(Keyed, Model):
    """A write that was done, and where it led."""

    key: Mapped[uuid.UUID] = mapped_column(unique=True)
    actor_id: Mapped[uuid.UUID]
    route: Mapped[str] = mapped_column(String(200))
    body_sha256: Mapped[str] = mapped_column(String(64))
    result: Mapped[str] = mapped_column(String(500))
    done_at: Mapped[datetime]


def replayed() -> Response | None:
    """The stored result when this form was already done; 409 when its key was used for something else."""
    key = _request_key()
    if key is None:
        return None
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key.int & (2**63 - 1)})
    done = db.session.scalars(select(RequestKey).filter_by(key=key)).one_or_none()
    if done is None:
        g.request_key = key
        return None
    if (done.actor_id, done.route, done.body_sha256) != (actor().person_id, _route(), _body_sha256()):
        abort(409, gettext("This form was already used for something else. Reload the page and try again."))
    return redirect(done.result, 303)


def commit_and_redirect(endpoint: str, **values: object) -> Response:
    """Keep the result under the form's key, commit the request's one transaction, and go on."""
    location = url_for(endpoint, **values)  # type: ignore[arg-type]
    if "request_key" in g:
        db.session.add(
            RequestKey(
                key=g.request_key,
                actor_id=actor().person_id,
                route=_route(),
                body_sha256=_body_sha256(),
                result=location,
                done_at=clock.now(),
            )
        )
    db.session.commit()
    return redirect(location, 303)


def _request_key() -> uuid.UUID | None:
    given = request.form.get(KEY_FIELD, "")
    if not given:
        return None
    try:
        return uuid.UUID(given)
    except ValueError:
        abort(400, gettext("This form is no longer valid. Go back, reload the page and send it again."))


def _route() -> str:
    return request.path[:200]


def _body_sha256() -> str:
    digest = hashlib.sha256()
    for name, value in sorted(request.form.items(multi=True)):
        if name != FIELD:
            digest.update(f"{len(name)}:{name}={len(value)}:{value}".encode("utf-8", "surrogatepass"))
    for name, file in sorted(request.files.items(multi=True)):
        file.seek(0)  # a view may have read it
        digest.update(name.encode() + hashlib.sha256(file.read()).digest())
        file.seek(0)
    return digest.hexdigest()
