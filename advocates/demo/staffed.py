"""Who teaches in the demo: qualifications, one of which ended, and a guest speaker."""

from datetime import date, timedelta

from sqlalchemy import select

from advocates import clock
from advocates.database import db
from advocates.demo import stage
from advocates.demo.stage import Company, Staff
from advocates.schedule.models import TrainingSession
from advocates.staffing.assigning import add_guest, add_qualification, assign_staff

GUEST = "Dr. Ngozi Adeyemi-Larsen"


def staff_sessions(staff: Staff, company: Company, today: date) -> None:
    """The next two sessions say who comes: a trainer alone, then with a guest speaker."""
    administrator, trainer = staff.administrator.person_id, staff.trainer.person_id
    with clock.at(stage.noon(today - timedelta(days=3))):
        add_qualification(administrator, trainer, "Crisis intervention trainer", date(2022, 3, 1), None)
        add_qualification(
            administrator, trainer, "Mental health first aid instructor", date(2021, 6, 1), date(2024, 5, 31)
        )
        guest = add_guest(administrator, GUEST)
        to_come = select(TrainingSession.id).where(
            TrainingSession.cohort_id == company.cohort.id, TrainingSession.planned_start > clock.now()
        )
        ids = db.session.scalars(to_come.order_by(TrainingSession.planned_start).offset(2).limit(2)).all()
        for session_id, people in zip(ids, ([trainer], [trainer, guest]), strict=True):
            assign_staff(administrator, session_id, people, is_booked_anyway=False)
        db.session.commit()
