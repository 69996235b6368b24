"""The code for the room: on a projector or a laptop, made anew every half minute."""

import uuid

from flask import current_app, render_template, request, url_for

from advocates import clock
from advocates.access import Permission, requires
from advocates.attendance.views.refusals import refuse_cancelled
from advocates.check_in import queries
from advocates.check_in.qr import qr_outline
from advocates.check_in.room_codes import shown_code
from advocates.check_in.rules import Direction, closes_at, opens_at, seconds_left
from advocates.check_in.views import blueprint
from advocates.schedule.scope import load_session


@blueprint.get("/sessions/<uuid:session_id>/check-in-code")
@requires(Permission.TAKE_ATTENDANCE)
def show_code(session_id: uuid.UUID) -> str:
    session, cohort = load_session(session_id, Permission.TAKE_ATTENDANCE)
    refuse_cancelled(session)
    now = clock.now()
    direction = Direction.OUT if request.args.get("way") == Direction.OUT else Direction.IN
    code = shown_code(session, direction, now)
    path = url_for("check_in.check_in", code=code, way=direction)
    side, outline = qr_outline(current_app.config["BASE_ADDRESS"] + path)
    return render_template(
        "check_in/show_code.html",
        session=session,
        cohort=cohort,
        direction=direction,
        is_open=queries.is_near_now(session, now) and not session.signed_off_at,
        opens_at=opens_at(session.planned_start),
        closes_at=closes_at(session.planned_end),
        code=code,
        side=side,
        outline=outline,
        seconds=seconds_left(now),
        count=queries.count_checked_in(session_id),
    )
