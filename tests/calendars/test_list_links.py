"""The page of one's links."""

import re

import icalendar
import pytest

from advocates.calendars.queries import open_links
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.curriculum import make_version
from tests.factories.people import make_person
from tests.factories.schedule import make_session


@pytest.fixture
def cohort(app):
    return make_cohort(make_version())


def test_a_link_is_made_once_shown_again_and_works(app, cohort):
    make_session(cohort)
    trainee = make_enrollment(cohort, "Wen Harlow")
    client = app.test_client().sign_in(trainee.person_id)
    for _ in range(2):
        assert client.post_form("/calendar-links", {"cohort_id": ""}).status_code == 303
    assert len(open_links(trainee.person_id)) == 1
    address = re.search(r'id="link-1">([^<]+)<', client.get("/calendar-links").text)[1]
    path = address[address.index("/calendar/") :]
    assert len(icalendar.Calendar.from_ical(app.test_client().get(path).data).walk("VEVENT")) == 1


def test_a_link_of_another_secret_key_works_on_but_cannot_be_read(app, cohort):
    trainee = make_enrollment(cohort, "Wen Harlow")
    client = app.test_client().sign_in(trainee.person_id)
    client.post_form("/calendar-links", {"cohort_id": ""})
    app.config["SECRET_KEY"] = "another key, made after the old one was known to somebody"
    assert "cannot be shown any more" in client.get("/calendar-links").text


def test_a_trainer_has_links_for_their_own_cohorts_only(app, cohort):
    trainer = make_person("Rosa Ebel", roles=["trainer"], cohort_id=cohort.id)
    other = make_cohort(make_version())
    client = app.test_client().sign_in(trainer.id)
    assert client.post_form("/calendar-links", {"cohort_id": str(cohort.id)}).status_code == 303
    assert client.post_form("/calendar-links", {"cohort_id": str(other.id)}).status_code == 422
    assert [link.cohort_title for link in open_links(trainer.id)] == [cohort.title]


def test_the_cohort_whose_schedule_led_here_is_chosen_already(app, cohort):
    other = make_cohort(make_version())
    make_session(cohort)
    trainer = make_person("Rosa Ebel", roles=["trainer"], cohort_id=cohort.id)
    client = app.test_client().sign_in(trainer.id)
    address = f"/calendar-links?cohort_id={cohort.id}"
    assert f'href="{address}"' in client.get(f"/cohorts/{cohort.id}/schedule").text
    assert chosen(client.get(address)) == [str(cohort.id)]
    for wrong in (other.id, "nothing", ""):
        assert chosen(client.get(f"/calendar-links?cohort_id={wrong}")) in ([], [""])


def chosen(response):
    assert response.status_code == 200
    return re.findall(r'<option selected value="([^"]*)"', response.text)
