"""Walks over every route: permissions, names, headers, and the answer to a stranger."""

import uuid
from pathlib import Path

import pytest

from advocates.access import Permission

ROOT = Path(__file__).resolve().parents[2]
ROUTES: list[tuple[str, str]] = []


def _routes(app):
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static":
            yield rule, app.view_functions[rule.endpoint]


def _address(app, rule) -> str:
    arguments = {name: uuid.uuid4() for name in rule.arguments}
    for name, converter in rule._converters.items():
        if type(converter).__name__ == "UnicodeConverter":
            arguments[name] = "missing"
    with app.test_request_context():
        from flask import url_for

        return url_for(rule.endpoint, **arguments)


def test_every_route_declares_a_permission(app):
    for rule, view in _routes(app):
        assert isinstance(view.permission, Permission), rule.rule


def test_every_view_is_named_for_its_endpoint_and_has_a_test_file(app):
    for rule, view in _routes(app):
        feature, name = rule.endpoint.split(".")
        assert view.__name__ == name
        assert view.__module__.startswith(f"advocates.{feature}.views")
        assert list((ROOT / "tests" / feature).glob(f"test_{name}.py")), f"tests/{feature}/test_{name}.py is missing"


def test_addresses_are_kebab_case_with_typed_ids(app):
    for rule, _view in _routes(app):
        assert "_" not in "".join(part for part in rule.rule.split("/") if not part.startswith("<"))
        for part in rule.rule.split("/"):
            if part.startswith("<") and part.rstrip(">").endswith("_id"):
                assert part.startswith("<uuid:"), rule.rule


def test_a_stranger_is_sent_to_sign_in_everywhere_but_on_public_pages(app, client):
    for rule, view in _routes(app):
        if view.permission is Permission.PUBLIC:
            continue
        for method in rule.methods & {"GET", "POST"}:
            response = client.open(_address(app, rule), method=method)
            assert response.status_code == 303, (method, rule.rule)
            assert response.location.startswith("/sign-in"), (method, rule.rule)


def test_every_answer_carries_the_security_headers(app, client):
    for rule, _view in _routes(app):
        if "GET" not in rule.methods:
            continue
        headers = client.get(_address(app, rule)).headers
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';"), rule.rule
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Robots-Tag"] == "noindex, nofollow"
        assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example"])
def test_a_foreign_host_header_is_refused(client, host):
    assert client.get("/sign-in", headers={"Host": host}).status_code == 400
