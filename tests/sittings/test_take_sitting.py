"""Taking a test, with and without its script."""

import re
import uuid

import pytest
from sqlalchemy import select

from advocates.database import db
from advocates.sittings.models import SittingAnswer
from tests.sittings.conftest import SCORED


@pytest.fixture
def address(sitting):
    return f"/sittings/{sitting.id}"


def keys(html):
    return {name: value for name, value in re.findall(r'name="((?:key|base)-\d+)" value="([^"]+)"', html)}  # noqa: C416


def test_every_kind_is_shown_and_saved_without_a_script(as_trainee, address):
    page = as_trainee.get(address).text
    assert all(question.text in page for question in SCORED)
    fields = keys(page) | {"q1-choice": "0", "q3-is_true": "yes", "q6-text": "blue <b>", "q2-mark": "y"}
    assert as_trainee.post_form(address, fields | {"go": "review"}).location.endswith("/review")
    again = as_trainee.get(address).text
    assert 'value="blue &lt;b&gt;"' in again
    assert 'id="q1-choice-0" value="0" checked' in again
    review = as_trainee.get(f"{address}/review").text
    assert review.count("Not answered") == 4
    assert "To look at again" in review


def test_bad_input_keeps_what_was_typed(as_trainee, address):
    fields = keys(as_trainee.get(address).text) | {"q6-text": "z" * 1001}
    answer = as_trainee.post_form(address, fields)
    assert answer.status_code == 422
    assert "z" * 1001 in answer.text
    assert as_trainee.post_form(address, {"key-1": "x"}).status_code == 400


def test_a_newer_answer_of_another_device_is_told(as_trainee, address):
    page = as_trainee.get(address).text
    as_trainee.post_form(address, keys(page) | {"q6-text": "red"})
    answer = as_trainee.post_form(address, keys(page) | {"key-6": str(uuid.uuid4()), "q6-text": "blue"})
    assert answer.status_code == 409
    assert "Another device saved a newer answer" in answer.text
    assert 'value="red"' in answer.text
    assert "<bdi>blue</bdi>" in answer.text


def test_after_the_end_what_was_typed_stays_on_the_page(as_trainee, address, time):
    fields = keys(as_trainee.get(address).text) | {"q6-text": "blue"}
    time.set("21:40")
    answer = as_trainee.post_form(address, fields)
    assert answer.status_code == 409
    assert 'value="blue"' in answer.text
    assert "came too late" in answer.text
    assert not db.session.scalars(select(SittingAnswer)).all()
    assert as_trainee.get(address).location.endswith("/result")


def test_nothing_on_the_page_tells_the_right_order(as_trainee, address):
    page = as_trainee.get(address).text
    assert "is_right" not in page
    assert page.index(">Second<") >= 0


def test_a_stranger_and_staff_are_refused(client, as_other, as_trainer, as_administrator, address):
    assert client.get(address).status_code == 303
    assert as_other.get(address).status_code == 404
    assert as_other.post_form(address).status_code == 404
    assert as_trainer.get(address).status_code == 403
    assert as_administrator.get(address).status_code == 403
    assert as_other.put(address).status_code == 405
