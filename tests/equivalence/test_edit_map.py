"""Saying which minutes, tests and skills count: as typed, kept when refused, never over what somebody else saved."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from advocates.curriculum.queries import modules_of
from advocates.database import db
from advocates.equivalence.models import EquivalenceMap
from advocates.equivalence.queries import equivalence_of
from advocates.equivalence.rules import GateKind
from tests.budgets import statements
from tests.factories.transfers import make_map


@pytest.fixture
def proposed(versions):
    return make_map(*versions, is_approved=False)


def fields(proposed, *rows, **more):
    """The form as the page sends it; a row is (from module, from, to, to module, at)."""
    names = ("from_module_id", "from_minute", "to_minute", "to_module_id", "to_from_minute")
    data = {"shown": equivalence_of(proposed.id).digest, **more}
    for number, row in enumerate(rows):
        data |= {f"lines-{number}-{name}": value for name, value in zip(names, row, strict=True)}
    return data


def address(proposed):
    return f"/equivalence-maps/{proposed.id}/edit"


def test_the_page_is_filled_with_what_is_stored(as_administrator, proposed, versions):
    page = as_administrator.get(address(proposed)).text
    assert 'name="lines-1-to_minute" value="120"' in page
    assert "Nowhere: they stay on the record that is closed" in page
    assert "No module: leave this line out" in page
    assert page.count("selected>") > len(modules_of(versions[0].id)) + 3


def test_what_is_typed_is_saved_and_empty_lines_are_left_out(as_administrator, administrator, proposed, versions):
    first, second, *_rest = (module.module_id for module in modules_of(versions[0].id))
    rows = [
        (first, "0", "30", second, "90"),
        ("", "", "", "", ""),
        (second, "0", "10", "", ""),
        (first, "30", "60", first, ""),
    ]
    data = fields(proposed, *rows, gates=["post_test", "agreement:code_of_ethics"])
    assert as_administrator.post_form(address(proposed), data).status_code == 303
    said = equivalence_of(proposed.id)
    assert [(line.from_minute, line.to_minute, line.to_from_minute) for line in said.lines] == [
        (0, 30, 90),
        (30, 60, 0),
    ]
    assert {gate.kind for gate in said.gates} == {GateKind.POST_TEST, GateKind.AGREEMENT}
    assert db.session.get_one(EquivalenceMap, proposed.id).proposed_by == administrator.id


def test_a_wrong_line_gets_a_sentence_and_what_was_typed_stays(as_administrator, proposed, versions):
    first, second, *_rest = (module.module_id for module in modules_of(versions[0].id))
    rows = [(first, "0", "30", second, "100"), ("", "x", "60", second, "0")]
    response = as_administrator.post_form(address(proposed), fields(proposed, *rows))
    assert response.status_code == 422
    assert "Line 2: Type whole minutes." in response.text
    assert "Line 2: Choose a module." in response.text
    assert 'value="100"' in response.text
    response = as_administrator.post_form(address(proposed), fields(proposed, rows[0]))
    assert "The module there has 120 minutes: begin earlier or take less." in response.text
    assert len(equivalence_of(proposed.id).lines) == 3


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(as_administrator, as_second, proposed, versions):
    first = modules_of(versions[0].id)[0].module_id
    data = fields(proposed, (first, "0", "30", first, "0"))
    other = fields(proposed, (first, "0", "20", first, "0"))
    assert as_second.post_form(address(proposed), other).status_code == 303
    response = as_administrator.post_form(address(proposed), data)
    assert response.status_code == 422
    assert "Somebody else changed this map meanwhile." in response.text
    assert equivalence_of(proposed.id).lines[0].to_minute == 20


def test_an_approved_map_never_changes_not_even_in_the_database(as_administrator, versions):
    approved = make_map(*versions)
    data = fields(approved, (modules_of(versions[0].id)[0].module_id, "0", "30", "", ""))
    assert as_administrator.get(address(approved)).status_code == 409
    assert as_administrator.post_form(address(approved), data).status_code == 409
    for sql in (
        "UPDATE equivalence_map SET approved_at = NULL, approved_by = NULL",
        "DELETE FROM equivalence_line",
        "UPDATE equivalence_line SET to_minute = to_minute - 1",
        "DELETE FROM equivalence_gate",
        "INSERT INTO equivalence_gate (id, map_id, kind, from_name, to_name) "
        "SELECT from_version_id, id, 'post_test', '', '' FROM equivalence_map",
    ):
        with pytest.raises(DBAPIError, match="an approved equivalence map never changes"):
            db.session.execute(text(sql))
        db.session.rollback()


def test_the_page_costs_the_same_however_long_the_map(as_administrator, proposed):
    with statements() as sent:
        as_administrator.get(address(proposed))
    assert len(sent) == 6  # the sign-in; the map; modules and rules of both versions; lines; gates
