"""Load what an address names: a sitting that is the person's own, else 404."""

import uuid
from datetime import timedelta

from flask import abort

from advocates import clock
from advocates.access import actor
from advocates.database import db, start_writing
from advocates.sittings.finishing import finish_sitting
from advocates.sittings.queries import Held, find_held

COUNTED_DOWN = timedelta(hours=12)


def load_held(sitting_id: uuid.UUID) -> Held:
    """The sitting. One whose time is over and that nobody sent ends here, though the page only reads."""
    held = find_held(sitting_id, actor().person_id) or abort(404)
    if held.sitting.finished_at is None and held.is_over(clock.now()) and db.session.info.get("reading"):
        start_writing(db.session)
        held = finish_sitting(actor().person_id, sitting_id, is_sent=False)
        db.session.commit()
    return held


def seconds_left(held: Held) -> int | None:
    """Until answering ends, by the server's clock; None without a limit, and while the end is days away."""
    ends = [at for at in (held.sitting.due_at, held.opening.closed_early_at) if at is not None]
    left = min(ends) - clock.now() if ends else None
    return None if left is None or left > COUNTED_DOWN else max(0, int(left.total_seconds()))
