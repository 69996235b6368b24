"""A link is revoked by its owner alone."""

from advocates.calendars.queries import open_links
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.curriculum import make_version
from tests.factories.people import make_person


def test_somebody_elses_link_is_no_ones_to_revoke(app):
    trainee = make_enrollment(make_cohort(make_version()), "Wen Harlow")
    own = app.test_client().sign_in(trainee.person_id)
    own.post_form("/calendar-links", {"cohort_id": ""})
    (link,) = open_links(trainee.person_id)
    stranger = app.test_client().sign_in(make_person("Ada Quill", roles=["administrator"]).id)
    assert stranger.post_form(f"/calendar-links/{link.id}/revoke").status_code == 404
    assert open_links(trainee.person_id)
    assert own.post_form(f"/calendar-links/{link.id}/revoke").status_code == 303
    assert not open_links(trainee.person_id)
