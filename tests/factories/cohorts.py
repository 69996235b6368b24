"""Cohorts and enrolled people, committed."""

from datetime import date
from typing import Any

from advocates import clock
from advocates.cohorts.models import Cohort, Enrollment, Placement
from advocates.cohorts.rules import EnrollmentStatus
from advocates.curriculum.models import CurriculumVersion
from advocates.database import db, new_id
from tests.factories.curriculum import make_version
from tests.factories.people import make_person


def make_cohort(version: CurriculumVersion | None = None, **columns: Any) -> Cohort:
    version = version or make_version()
    values: dict[str, Any] = {
        "title": f"Fall 2026 {new_id().hex[-6:]}",
        "place": "Malcolm X College, room 1104",
        "time_zone": "America/Chicago",
        "starts_on": date(2026, 10, 20),
        "ends_on": date(2026, 12, 19),
        "capacity": 30,
        **columns,
    }
    cohort = Cohort(id=new_id(), curriculum_version_id=version.id, created_at=clock.now(), **values)
    db.session.add(cohort)
    db.session.commit()
    return cohort


def make_enrollment(cohort: Cohort, name: str = "Wen Harlow", *, status: str = "enrolled", person: Any = None) -> Any:
    """An enrollment with its open placement; the person is made with the trainee role unless given."""
    person = person or make_person(name, roles=["trainee"])
    version = db.session.get_one(CurriculumVersion, cohort.curriculum_version_id)
    now = clock.now()
    enrollment = Enrollment(
        id=new_id(),
        person_id=person.id,
        curriculum_id=version.curriculum_id,
        curriculum_version_id=version.id,
        status=EnrollmentStatus(status),
        status_changed_at=now,
        created_at=now,
        enrolled_at=None if status in {"applied", "waitlisted", "offered"} else now,
    )
    db.session.add(enrollment)
    db.session.flush()
    db.session.add(Placement(id=new_id(), enrollment_id=enrollment.id, cohort_id=cohort.id, started_at=now))
    db.session.commit()
    return enrollment
