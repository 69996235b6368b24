"""The queue between requests and the worker. It carries nudges only: the truth is rows with a state and a lease."""

import enum
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from huey import SqliteHuey
from huey.serializer import SignedSerializer


class Nudge(enum.StrEnum):
    """What the worker is asked to look at. A lost nudge costs at most a minute: a sweep looks at everything."""

    OUTBOX = "outbox"
    ISSUING = "issuing"
    OFFERS = "offers"
    REMINDERS = "reminders"
    SURVEYS = "surveys"
    SITTINGS = "sittings"


def connect(app: Flask, path: str) -> None:
    """Open the queue's own SQLite file and keep it with the app."""
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    secret = str(app.config["SECRET_KEY"])
    queue = SqliteHuey("advocates", filename=path, serializer=SignedSerializer(secret=secret), fsync=False)
    app.extensions["jobs"] = queue
    app.extensions["nudge"] = queue.task(name="nudge")(_look_at(app))


def _look_at(app: Flask) -> Callable[[str], None]:
    def look_at(kind: str) -> None:
        with app.app_context():
            app.extensions["job_handlers"][Nudge(kind)]()

    return look_at


def nudge(app: Flask, kind: Nudge) -> None:
    """Ask the worker to look, after the commit. A full disk or a locked queue never fails the request."""
    try:
        app.extensions["nudge"](kind.value)
    except Exception:
        app.logger.warning("the queue could not be nudged; the next sweep will look", exc_info=True)
