"""The audit trail as an administrator reads it."""

import uuid

import pytest

from advocates.audit.queries import PER_PAGE
from advocates.audit.recording import record
from advocates.database import db
from advocates.people.registering import change_person
from advocates.seen import Seen
from tests.budgets import statements
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.people import make_person
from tests.people.refusals import assert_only_administrators


def _record(actor, action="sign_in", **objects):
    record(actor.id if actor else None, action, **objects)
    db.session.commit()


def test_events_read_as_sentences_with_the_names_of_today(as_administrator, administrator):
    cohort = make_cohort(title="Fall 2026")
    enrollment = make_enrollment(cohort, "Łucja Wiśniewska")
    _record(administrator, "withdraw_enrollment", enrollment_id=enrollment.id, cohort_id=cohort.id, reason="moved")
    page = as_administrator.get("/audit").text
    assert "Withdrew an enrollment" in page
    assert "enrollment of: <bdi>Łucja Wiśniewska</bdi>" in page
    assert "cohort: <bdi>Fall 2026</bdi>" in page
    assert "reason: <bdi>moved</bdi>" in page
    assert "<bdi>Ada Quill</bdi>" in page


def test_a_changed_name_is_shown_before_and_after(as_administrator, administrator):
    seen = Seen.of({"chosen_name": "Ines"})
    change_person(administrator.id, make_person("Ines").id, {"chosen_name": "Inés"}, seen)
    db.session.commit()
    page = as_administrator.get("/audit").text
    assert "chosen name:" in page
    assert "<bdi>Ines</bdi> → <bdi>Inés</bdi>" in page
    assert ">Inés<" in page


def test_an_action_without_a_sentence_reads_as_its_words(as_administrator):
    _record(None, "polish_windows", window_ids=[uuid.uuid4()] * 3, pane_id=uuid.UUID(int=0xABCD), comment=None)
    page = as_administrator.get("/audit").text
    assert "Polish windows" in page
    assert "windows: <bdi>3</bdi>" in page
    assert "pane: <bdi>0000abcd</bdi>" in page
    assert "comment" not in page
    assert "nobody signed in" in page


def test_what_was_typed_never_becomes_a_tag(as_administrator):
    record(None, "edit_person", changes={"chosen_name": ("<script>x</script>", "&")})
    db.session.commit()
    assert "<script>x" not in as_administrator.get("/audit").text


def test_older_events_are_a_page_away(as_administrator, administrator):
    for number in range(PER_PAGE + 2):
        _record(administrator, "count", number=f"no-{number}")
    newest = as_administrator.get("/audit").text
    assert "no-51<" in newest
    assert "no-1<" not in newest
    assert "/audit?before=3" in newest
    older = as_administrator.get("/audit?before=3").text
    assert "no-1<" in older
    assert "no-2<" not in older
    assert "Older events" not in older


@pytest.mark.parametrize("before", ["-1", "0", "nonsense", "9" * 30])
def test_a_page_that_cannot_be_shows_the_newest(as_administrator, administrator, before):
    _record(administrator)
    assert "Signed in" in as_administrator.get(f"/audit?before={before}").text


@pytest.mark.parametrize("events", [1, 3, 30])
def test_the_trail_costs_the_same_for_any_number(as_administrator, administrator, events):
    for number in range(events):
        _record(administrator, "add_person", person_id=make_person(f"Person {number}").id)
    with statements() as sent:
        as_administrator.get("/audit")
    # the sign-in, the events, their names, their values
    assert len(sent) == 4


def test_an_empty_trail_has_a_page(as_administrator):
    assert "Nothing has happened yet" in as_administrator.get("/audit").text


def test_nobody_else_may(app):
    assert_only_administrators(app, "/audit")
