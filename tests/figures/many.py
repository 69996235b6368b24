"""Cohorts by the hundred, written in bulk: what a page must not pay for. Nobody computes anything from them.

Each has its people, its evenings with a mark and a ledger entry of everybody, all signed off.
"""

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import insert

from advocates import clock
from advocates.attendance.models import AttendanceMark, MarkWay
from advocates.attendance.rules import Outcome, intervals_to_text
from advocates.cohorts.models import Cohort, Enrollment, Placement
from advocates.cohorts.rules import EnrollmentStatus
from advocates.curriculum.delivery import DeliveryMode
from advocates.curriculum.models import CurriculumVersion
from advocates.curriculum.queries import modules_of
from advocates.database import db, new_id
from advocates.hours.models import CreditEntry
from advocates.hours.rules import RULE_VERSION, Presence
from advocates.people.models import Account, Person, PersonProfile
from advocates.schedule.models import AgendaSegment, TrainingSession

Row = dict[str, Any]
FIRST_EVENING = datetime(2026, 9, 1, 22, 30, tzinfo=UTC)
MINUTES = 60
UNSEALED = {"audit_seq": 1, "row_sha256": "0" * 64}


def add_cohorts(version: CurriculumVersion, trainer: Person, count: int, people: int = 30, sessions: int = 20) -> None:
    """Commit after each cohort's rows; `trainer` recorded everything."""
    module_id = modules_of(version.id)[0].module_id
    for _ in range(count):
        rows = _cohort(version, module_id, trainer.id, people, sessions)
        for kind, some in rows.items():
            db.session.execute(insert(kind), some)
        db.session.commit()
    db.session.remove()


def _cohort(
    version: CurriculumVersion, module_id: uuid.UUID, trainer_id: uuid.UUID, people: int, sessions: int
) -> dict[Any, list[Row]]:
    now, cohort_id = clock.now(), new_id()
    cohort = {
        "id": cohort_id,
        "title": f"Cohort {cohort_id}",
        "curriculum_version_id": version.id,
        "place": "Malcolm X College, room 1104",
        "time_zone": "America/Chicago",
        "starts_on": date(2026, 9, 1),
        "ends_on": date(2026, 12, 19),
        "capacity": people,
        "created_at": now,
    }
    members = [(new_id(), new_id()) for _ in range(people)]
    rows: dict[Any, list[Row]] = {
        Cohort: [cohort],
        Person: [{"id": person_id} for person_id, _ in members],
        PersonProfile: [
            {"person_id": person_id, "chosen_name": f"Person {n}"} for n, (person_id, _) in enumerate(members)
        ],
        Account: [{"person_id": person_id, "email_key": f"{person_id}@example.org"} for person_id, _ in members],
        Enrollment: [_enrollment(version, person_id, enrollment_id, now) for person_id, enrollment_id in members],
        Placement: [
            {"id": new_id(), "enrollment_id": enrollment_id, "cohort_id": cohort_id, "started_at": now}
            for _, enrollment_id in members
        ],
    }
    for kind in (TrainingSession, AgendaSegment, AttendanceMark, CreditEntry):
        rows[kind] = []
    for number in range(sessions):
        _evening(rows, cohort_id, module_id, trainer_id, number)
    return rows


def _enrollment(version: CurriculumVersion, person_id: uuid.UUID, enrollment_id: uuid.UUID, now: datetime) -> Row:
    return {
        "id": enrollment_id,
        "person_id": person_id,
        "curriculum_id": version.curriculum_id,
        "curriculum_version_id": version.id,
        "status": EnrollmentStatus.ENROLLED,
        "status_changed_at": now,
        "created_at": now,
        "enrolled_at": now,
    }


def _evening(
    rows: dict[Any, list[Row]], cohort_id: uuid.UUID, module_id: uuid.UUID, trainer_id: uuid.UUID, number: int
) -> None:
    start = FIRST_EVENING + timedelta(days=number)
    end, session_id, segment_id = start + timedelta(minutes=MINUTES), new_id(), new_id()
    planned = {"planned_start": start, "planned_end": end}
    rows[TrainingSession].append(
        {
            "id": session_id,
            "cohort_id": cohort_id,
            "time_zone": "America/Chicago",
            "place": "Malcolm X College, room 1104",
            "delivery_mode": DeliveryMode.IN_PERSON,
            "signed_off_at": end,
            "signed_off_by": trainer_id,
            **planned,
        }
    )
    segment = {"id": segment_id, "session_id": session_id, "delivered_start": start, "delivered_end": end, **planned}
    rows[AgendaSegment].append(
        segment | {"module_id": module_id, "from_minute": 0, "delivery_mode": DeliveryMode.IN_PERSON}
    )
    intervals = intervals_to_text([Presence(start, end, DeliveryMode.IN_PERSON)])
    for placement in rows[Placement]:
        mark_id = new_id()
        rows[AttendanceMark].append(
            {
                "id": mark_id,
                "session_id": session_id,
                "enrollment_id": placement["enrollment_id"],
                "version": 1,
                "outcome": Outcome.PRESENT,
                "intervals": intervals,
                "way": MarkWay.REGISTER,
                "recorded_by": trainer_id,
                "recorded_at": end,
                "client_key": new_id(),
                **UNSEALED,
            }
        )
        rows[CreditEntry].append(
            {
                "id": new_id(),
                "enrollment_id": placement["enrollment_id"],
                "module_id": module_id,
                "from_minute": 0,
                "to_minute": MINUTES,
                "minutes": MINUTES,
                "delivery_mode": DeliveryMode.IN_PERSON,
                "kind": "mark",
                "mark_id": mark_id,
                "segment_id": segment_id,
                "rule_version": RULE_VERSION,
                "reason_code": "signed_off",
                "posted_by": trainer_id,
                "posted_at": end,
                **UNSEALED,
            }
        )
