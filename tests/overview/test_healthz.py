"""The process answers, whatever the database does."""

from tests.budgets import statements


def test_it_answers_without_asking_the_database(client):
    with statements() as sent:
        response = client.get("/healthz")
    assert (response.status_code, response.json) == (200, {"status": "alive"})
    assert not sent


def test_it_is_only_read(client):
    assert client.post_form("/healthz").status_code == 405
