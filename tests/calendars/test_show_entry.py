"""A single session as a file."""

import icalendar

from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.curriculum import make_version
from tests.factories.people import make_person
from tests.factories.schedule import make_session


def test_one_session_as_a_file_for_who_attends_it(app):
    cohort = make_cohort(make_version())
    session = make_session(cohort)
    client = app.test_client().sign_in(make_enrollment(cohort, "Wen Harlow").person_id)
    stranger = app.test_client().sign_in(make_person("Basil Thorne", roles=["trainee"]).id)
    response = client.get(f"/sessions/{session.id}/session.ics")
    assert "attachment" in response.headers["Content-Disposition"]
    (event,) = icalendar.Calendar.from_ical(response.data).walk("VEVENT")
    assert event["dtstart"].dt == session.planned_start
    assert stranger.get(f"/sessions/{session.id}/session.ics").status_code == 404
