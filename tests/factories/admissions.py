"""Windows, quotas, agencies and people who wait for a seat, committed."""

from typing import Any

from advocates.admissions.consenting import ensure_shipped_consent
from advocates.admissions.models import ApplicationWindow
from advocates.admissions.rules import Terms
from advocates.cohorts.models import AgencyQuota, Cohort, Enrollment
from advocates.database import db, new_id
from advocates.people.models import Agency, PersonProfile
from tests.factories.cohorts import make_enrollment
from tests.factories.people import make_person


def make_window(cohort: Cohort, **terms: Any) -> ApplicationWindow:
    """Open to applications from now on, unless `terms` say otherwise; the consent text is in force."""
    ensure_shipped_consent(make_person("Gita Moor").id)
    window = ApplicationWindow(cohort_id=cohort.id, **{**vars(Terms()), "is_on": True, **terms})
    db.session.add(window)
    db.session.commit()
    return window


def make_waiting(cohort: Cohort, *names: str, agency: Agency | None = None) -> list[Enrollment]:
    """People on the waitlist, in this order behind whoever waits already."""
    before = db.session.query(Enrollment.waitlist_position).order_by(Enrollment.waitlist_position.desc().nulls_last())
    last = (before.limit(1).scalar() or 0) + 1
    found = []
    for position, name in enumerate(names, last):
        enrollment = make_enrollment(cohort, name, status="waitlisted")
        enrollment.waitlist_position = position
        if agency is not None:
            db.session.get_one(PersonProfile, enrollment.person_id).agency_id = agency.id
        found.append(enrollment)
    db.session.commit()
    return found


def make_agency(name: str = "Prairie Door") -> Agency:
    agency = Agency(id=new_id(), name=name)
    db.session.add(agency)
    db.session.commit()
    return agency


def make_quota(cohort: Cohort, agency: Agency, seats: int) -> AgencyQuota:
    quota = AgencyQuota(id=new_id(), cohort_id=cohort.id, agency_id=agency.id, seats=seats)
    db.session.add(quota)
    db.session.commit()
    return quota
