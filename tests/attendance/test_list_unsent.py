"""What a device could not send: the page brings the words, and the browser what it keeps."""

import re

import config
from tests.budgets import statements
from tests.factories.people import make_person


def test_it_opens_for_whoever_is_signed_in_also_without_a_role(app):
    person = make_person("Ines Marlow")
    page = app.test_client().sign_in(person.id).get("/not-sent")
    assert page.status_code == 200
    assert f'<meta name="person" content="{person.id}">' in page.text
    assert "What cannot be sent stands here, without names, until you remove it." in page.text


def test_a_stranger_signs_in_first(client):
    answer = client.get("/not-sent")
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/not-sent")


def test_every_file_that_it_names_is_there(as_administrator):
    files = re.findall(r'(?:href|src)="(/static/[^"]+)"', as_administrator.get("/not-sent").text)
    assert {"/static/attendance/list_unsent.js", "/static/attendance/sending.js"} < set(files)
    assert [file for file in files if not (config.ROOT / file.removeprefix("/")).is_file()] == []


def test_it_asks_only_who_is_there(as_administrator):
    """One statement: the sign-in with its person and roles."""
    with statements() as sent:
        as_administrator.get("/not-sent")
    assert len(sent) == 1


def test_it_is_only_read(as_administrator):
    assert as_administrator.post_form("/not-sent").status_code == 405
