"""What every page of administrators owes: strangers go to sign-in, other roles are refused, nothing is missed."""

from typing import Any

from flask import Flask

from tests.factories.people import make_person


def assert_only_administrators(app: Flask, address: str, method: str = "GET") -> None:
    """Refuses somebody who is not signed in, a trainer and a trainee, whatever they send."""
    stranger = _send(app.test_client(), address, method)
    assert stranger.status_code == 303
    assert stranger.location.startswith("/sign-in")
    for role in ("trainer", "trainee"):
        client: Any = app.test_client()
        client.sign_in(make_person(f"Some {role}", roles=[role]).id)
        assert _send(client, address, method).status_code == 403


def _send(client: Any, address: str, method: str) -> Any:
    return client.get(address) if method == "GET" else client.post_form(address)
