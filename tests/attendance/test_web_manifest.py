"""What the site is called on a phone's first screen."""

import config
from tests.budgets import statements


def test_it_is_neutral_and_its_icons_are_there(client):
    answer = client.get("/manifest.webmanifest")
    assert answer.mimetype == "application/manifest+json"
    assert (answer.json["name"], answer.json["start_url"], answer.json["scope"]) == ("Training", "/", "/")
    for icon in answer.json["icons"]:
        assert icon["type"] == "image/svg+xml"
        assert (config.ROOT / icon["src"].removeprefix("/")).is_file()


def test_every_page_names_it(client):
    assert '<link rel="manifest" href="/manifest.webmanifest">' in client.get("/sign-in").text


def test_it_asks_the_database_nothing(client):
    with statements() as sent:
        client.get("/manifest.webmanifest")
    assert not sent


def test_it_is_only_read(client):
    assert client.post_form("/manifest.webmanifest").status_code == 405
