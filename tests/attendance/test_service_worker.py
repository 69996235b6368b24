"""The service worker's script, from an address above every page."""

from tests.budgets import statements


def test_it_is_a_script_that_is_never_older_than_the_site(client):
    answer = client.get("/service-worker.js")
    assert answer.status_code == 200
    assert answer.mimetype in {"text/javascript", "application/javascript"}
    assert answer.headers["Cache-Control"] == "no-store"


def test_it_asks_the_database_nothing(client):
    with statements() as sent:
        client.get("/service-worker.js")
    assert not sent


def test_it_is_only_read(client):
    assert client.post_form("/service-worker.js").status_code == 405
