"""What an edit form has shown, compared with what is stored when it is sent."""

import uuid
from datetime import date

import pytest
from wtforms import BooleanField, DateField, IntegerField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from advocates.form import Form
from advocates.seen import ChangedMeanwhile, Seen
from tests.client import seen_on

STORED = {"title": "Fall", "seats": 24, "starts_on": date(2026, 10, 20)}


def unseen(seen, wanted, stored=STORED):
    """What would be overwritten unseen."""
    try:
        seen.check(stored, {**stored, **wanted})
    except ChangedMeanwhile as changed:
        return dict(changed.unseen)
    return {}


def test_what_was_shown_may_be_overwritten():
    seen = Seen.read(str(Seen.of(STORED)))
    assert unseen(seen, {"title": "Winter", "seats": 30}) == {}


def test_what_somebody_else_stored_meanwhile_may_not():
    seen = Seen.of({**STORED, "title": "Autumn", "seats": 20})
    assert unseen(seen, {"title": "Autumn", "seats": 30}) == {"title": "Fall", "seats": 24}


def test_who_wants_what_is_stored_already_overwrites_nothing():
    seen = Seen.of({**STORED, "title": "Autumn"})
    assert unseen(seen, {"seats": 30}) == {}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "title",
        "title:",
        "title:0000000000000000",
        "title:ABCDEF0123456789",
        str(Seen.of({"title": "Fall"})) + "0",
        str(Seen.of({"title": "Fall"}))[:-1],
        str(Seen.of({"seats": "Fall"})),
        "\x00 \ud800 <script>",
    ],
)
def test_what_is_missing_or_garbled_was_not_seen(text):
    assert unseen(Seen.read(text), {"title": "Winter"}) == {"title": "Fall"}


@pytest.mark.parametrize(
    ("one", "other"),
    [(None, ""), (None, "None"), (1, "1"), (1, True), ("a b", "ab"), (uuid.UUID(int=1), uuid.UUID(int=2))],
)
def test_values_that_look_alike_are_told_apart(one, other):
    assert unseen(Seen.of({"field": one}), {"field": "wanted"}, {"field": other}) == {"field": other}


class CohortLike(Form):
    title = StringField("Title", [InputRequired()])
    seats = IntegerField("Seats")
    starts_on = DateField("First day")
    is_open = BooleanField("Open")
    place_id = SelectField("Place", choices=[SelectChoice("1", "Room 1"), SelectChoice("2", "Room 2")], coerce=int)


FILLED = {"title": "Fall", "seats": 24, "starts_on": date(2026, 10, 20), "is_open": False, "place_id": 1}
SENT = {"title": "Winter", "seats": "24", "starts_on": "2026-10-20", "place_id": "1"}


def sent(app, stored, **fields):
    """The form that was filled with FILLED and is sent when `stored` stands."""
    fields = {**SENT, "seen": str(Seen.of(FILLED)), **fields}
    with app.test_request_context(method="POST", data=fields):
        form = CohortLike.editing(stored)
        if form.is_submitted_and_valid():
            try:
                form.shown.check(stored, form.data)
            except ChangedMeanwhile as changed:
                form.show_both(changed)
        return form


def notes(form):
    return {field.name: field.stored_now for field in form if hasattr(field, "stored_now")}


def test_a_form_shows_what_is_stored_now_as_people_read_it(app):
    stored = {"title": None, "seats": 30, "starts_on": date(2027, 1, 5), "is_open": True, "place_id": 2}
    form = sent(app, stored)
    assert form.status == 409
    assert notes(form) == {
        "title": "nothing",
        "seats": "30",
        "starts_on": "Jan 5, 2027",
        "is_open": "yes",
        "place_id": "Room 2",
    }
    assert form.data == {**FILLED, "title": "Winter"}


def test_a_choice_that_is_offered_no_more_is_still_told(app):
    assert notes(sent(app, {**FILLED, "place_id": 7})) == {"place_id": "7"}


def test_sent_again_it_is_a_knowing_decision(app):
    stored = {**FILLED, "title": "Spring"}
    refused = sent(app, stored)
    assert sent(app, stored, seen=str(refused.shown)).status == 200
    assert sent(app, {**FILLED, "title": "Summer"}, seen=str(refused.shown)).status == 409


def test_a_form_refused_for_something_else_has_still_shown_only_what_it_showed(app):
    stored = {**FILLED, "seats": 30}
    refused = sent(app, stored, title="")
    assert refused.status == 422
    assert str(refused.shown) == str(Seen.of(FILLED))
    assert sent(app, stored, seen=str(refused.shown)).status == 409


def test_a_form_that_says_nothing_of_what_it_showed_is_out_of_date(app):
    with app.test_request_context(method="POST", data=SENT):
        form = CohortLike.editing(FILLED)
        with pytest.raises(ChangedMeanwhile):
            form.shown.check(FILLED, form.data)


def test_the_hidden_field_is_there_where_a_record_is_edited_and_only_there(app):
    source = '{% from "macros/forms.html" import form_start %}{{ form_start(seen=form.shown) }}'
    with app.test_request_context():
        page = app.jinja_env.from_string(source)
        assert seen_on(page.render(form=CohortLike.editing(FILLED))) == str(Seen.of(FILLED))
        assert 'name="seen"' not in page.render(form=CohortLike.of_request())
