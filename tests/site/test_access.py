"""Every route x method x actor x {own, other's, missing}, against the stated table; refused writes change nothing."""

import uuid

import pytest
from flask import url_for
from sqlalchemy import text

from advocates.access import Permission
from advocates.database import db
from tests.client import StrictClient
from tests.site.access_table import ACCESS, ALL, NO, NONE, OWN, PUBLIC_ENDPOINTS
from tests.site.world import World, build_world

ACTORS = ("administrator", "trainer", "trainee", "auditor")
REACHED = {200, 303, 400, 409, 422}


@pytest.fixture
def world(app) -> World:
    return build_world()


def _rules(app):
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def _counts() -> dict[str, int]:
    tables = [table for table in db.metadata.tables if table != "sign_in_failure"]
    with db.engine.connect() as connection:
        union = " UNION ALL ".join(f"SELECT '{table}', count(*) FROM \"{table}\"" for table in tables)
        counts = dict(tuple(row) for row in connection.execute(text(union)))
        connection.rollback()
    return counts


def _address(app, rule, values) -> str:
    with app.test_request_context():
        return url_for(rule.endpoint, **values)


def test_every_route_has_its_row(app):
    endpoints = {rule.endpoint for rule in _rules(app)}
    assert endpoints - PUBLIC_ENDPOINTS == set(ACCESS)
    public = {e for e in endpoints if app.view_functions[e].permission is Permission.PUBLIC}
    assert public == PUBLIC_ENDPOINTS


@pytest.mark.parametrize("actor", ACTORS)
def test_reads_answer_as_the_table_says(app, world, actor):
    for rule in _rules(app):
        if "GET" in rule.methods and rule.endpoint in ACCESS:
            _check(app, world, actor, rule, "GET")


@pytest.mark.parametrize("actor", ACTORS)
def test_writes_answer_as_the_table_says_and_refused_ones_change_nothing(app, world, actor):
    for rule in _rules(app):
        if "POST" in rule.methods and rule.endpoint in ACCESS and rule.endpoint != "people.sign_out":
            _check(app, world, actor, rule, "POST")


def _check(app, world, actor, rule, method) -> None:
    cell = ACCESS[rule.endpoint][actor]
    for whose, values in (
        ("own", world.own_of(actor, rule.arguments)),
        ("other", world.others(rule.arguments)),
        ("missing", {name: uuid.uuid4() for name in rule.arguments}),
    ):
        if whose != "own" and not rule.arguments:
            continue
        client: StrictClient = app.test_client()
        client.sign_in(world.people[actor])
        address = _address(app, rule, values)
        counts = _counts()
        response = client.get(address) if method == "GET" else client.post_form(address)
        got, where = response.status_code, f"{method} {rule.rule} as {actor}, {whose}"
        if cell == NO:
            assert got == 403, where
        elif whose == "missing" or cell == NONE or (cell == OWN and whose == "other"):
            assert got == 404, f"{where}: {got}"
        else:
            assert cell in {ALL, OWN}
            assert got in REACHED, f"{where}: {got}"
        if got in {403, 404}:
            assert _counts() == counts, f"{where}: a refused request changed rows"
