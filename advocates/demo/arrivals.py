"""The first people of today's session have checked in: they wait on its page for the trainer to confirm them."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from advocates import clock
from advocates.check_in.arriving import check_in
from advocates.check_in.personal_codes import make_code
from advocates.check_in.queries import Place
from advocates.check_in.rules import Direction, Means
from advocates.cohorts.models import Enrollment
from advocates.database import db, new_id
from advocates.demo import stage
from advocates.demo.stage import Company

# Minutes before the session by place in the cast; the first of the cast is for whoever tries the demo.
CAME = {3: 14, 6: 11, 9: 9, 12: 7, 1: 6, 15: 4, 16: 2}
AT_THE_KIOSK = {9, 16}
LEAVES_EARLY, MINUTES_EARLY = 12, 25


def tell_arrivals(company: Company, today: date) -> None:
    """By the code in the room, two of them at the kiosk; one says later that they leave before the end.

    Only what lies behind the clock has happened: loaded in the morning, nobody has come yet.
    """
    zone, now = ZoneInfo(stage.ZONE), clock.now()
    for session in stage.sessions_of(company):
        if session.planned_start.astimezone(zone).date() != today:
            continue
        said = [(session.planned_start - timedelta(minutes=n), place, Direction.IN) for place, n in CAME.items()]
        said.append((session.planned_end - timedelta(minutes=MINUTES_EARLY), LEAVES_EARLY, Direction.OUT))
        for at, number, direction in sorted(event for event in said if event[0] <= now):
            enrollment = db.session.get_one(Enrollment, company.enrollment_ids[number])
            place = Place(session, company.cohort.title, enrollment.person_id, enrollment.id, ())
            with clock.at(at):
                check_in(place, direction, Means.KIOSK if number in AT_THE_KIOSK else Means.CODE, new_id())
        for number in sorted({0, *AT_THE_KIOSK}):
            person_id = db.session.get_one(Enrollment, company.enrollment_ids[number]).person_id
            make_code(person_id, person_id)
    db.session.commit()
