"""Canonical text and the links of the chain."""

import uuid
from datetime import UTC, datetime, timedelta, timezone

import pytest

from advocates.audit import rules


def test_the_same_value_always_gives_the_same_text():
    key, at = uuid.UUID(int=1), datetime(2026, 11, 1, 1, 30, tzinfo=timezone(timedelta(hours=-5)))
    first = rules.canonical({"b": key, "a": [at, None, "Łucja"]})
    assert first == rules.canonical({"a": [at.astimezone(UTC), None, "Łucja"], "b": key})
    assert first == f'{{"a":["2026-11-01T06:30:00.000000+00:00",null,"Łucja"],"b":"{key}"}}'


def test_each_link_depends_on_the_one_before():
    assert rules.chain_hash(rules.GENESIS, "{}") != rules.chain_hash("1" * 64, "{}")


def test_a_rows_digest_leaves_out_only_itself_and_its_event():
    row = {"id": 1, "minutes": 30}
    assert rules.row_sha256("t", {**row, "audit_seq": 5, "row_sha256": "x"}) == rules.row_sha256("t", row)
    assert rules.row_sha256("t", {**row, "minutes": 31}) != rules.row_sha256("t", row)
    assert rules.row_sha256("u", row) != rules.row_sha256("t", row)


def test_a_value_cannot_be_guessed_without_its_salt():
    assert rules.value_digest("one", "Ines", None) != rules.value_digest("two", "Ines", None)
    assert rules.value_digest("one", None, "Ines") != rules.value_digest("one", "Ines", None)


def test_what_has_no_canonical_form_is_refused():
    with pytest.raises(TypeError):
        rules.canonical({"x": object()})
