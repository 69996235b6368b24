"""A trainee's tests."""

from tests.budgets import statements


def test_nothing_is_open_at_first(as_trainee):
    assert "No test is open for you." in as_trainee.get("/tests").text


def test_it_leads_to_what_is_open_and_what_was_begun(as_trainee, sitting):
    page = as_trainee.get("/tests").text
    assert "Test of the evening" in page
    assert "Go on with the test you began" in page


# Sign-in; the tests; the sittings.
def test_statements(as_trainee, sitting):
    with statements() as counted:
        as_trainee.get("/tests")
    assert len(counted) <= 3


def test_others_are_refused(client, as_trainer, as_administrator):
    assert client.get("/tests").status_code == 303
    assert as_trainer.get("/tests").status_code == 403
    assert as_administrator.get("/tests").status_code == 403
    assert as_trainer.post_form("/tests").status_code == 405
