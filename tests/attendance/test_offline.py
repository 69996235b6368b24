"""The page that a browser shows for every address that it cannot reach."""

import re

import config
from tests.budgets import statements


def test_it_is_the_same_for_everybody_and_names_nobody(client, as_administrator, administrator):
    page = client.get("/offline")
    assert page.status_code == 200
    assert "This page cannot be reached now." in page.text
    assert 'name="person"' not in page.text
    assert str(administrator.id) not in as_administrator.get("/offline").text


def test_every_file_that_it_names_is_there(client):
    """The service worker keeps them with it."""
    files = re.findall(r'(?:href|src)="(/static/[^"]+)"', client.get("/offline").text)
    assert {"/static/attendance/offline.js", "/static/attendance/keeping.js"} < set(files)
    assert [file for file in files if not (config.ROOT / file.removeprefix("/")).is_file()] == []


def test_it_asks_the_database_nothing(client):
    with statements() as sent:
        client.get("/offline")
    assert not sent


def test_it_is_only_read(client):
    assert client.post_form("/offline").status_code == 405
