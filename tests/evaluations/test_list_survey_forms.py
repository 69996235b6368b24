"""What each kind of survey asks."""

from tests.budgets import statements


def test_every_kind_is_there_as_it_came(as_administrator):
    page = as_administrator.get("/survey-forms").text
    assert page.count("As it came with this program") == 4
    assert "The trainers explained well." in page


def test_strangers_and_trainers_are_refused(client, as_trainer):
    assert client.get("/survey-forms").status_code == 303
    assert as_trainer.get("/survey-forms").status_code == 403
    assert as_trainer.post_form("/survey-forms").status_code == 405


def test_it_takes_two_statements(as_administrator):
    """Who is signed in, and the forms."""
    with statements() as sent:
        as_administrator.get("/survey-forms")
    assert len(sent) == 2
