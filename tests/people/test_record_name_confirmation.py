"""A certificate name confirmed on paper: typed by one, witnessed by another, both other than the person."""

import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import CheckConstraint, func, select
from sqlalchemy.exc import IntegrityError

from advocates import clock
from advocates.database import db
from advocates.people.confirming_names import NotSeparate, record_name_confirmation
from advocates.people.models import NameConfirmation, PersonProfile
from advocates.people.queries import certificate_names
from tests.factories.people import make_person
from tests.people.refusals import assert_only_administrators

CHICAGO = ZoneInfo("America/Chicago")


@pytest.fixture
def person(app):
    return make_person("王小明")


@pytest.fixture
def witness(app):
    return make_person("Tamsin Vale", roles=["trainer"])


def _paper(witness, **more):
    yesterday = clock.today() - timedelta(days=1)
    return {"certificate_name": "王小明", "witness_id": str(witness.id), "signed_on": yesterday.isoformat(), **more}


def _post(client, person, sent):
    return client.post_form(f"/people/{person.id}/certificate-name", sent)


def _count():
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(NameConfirmation))


def test_the_paper_names_typist_and_witness_and_counts_from_its_day(as_administrator, administrator, person, witness):
    response = _post(as_administrator, person, _paper(witness))
    assert response.location == f"/people/{person.id}"
    row = db.session.scalars(select(NameConfirmation)).one()
    assert (row.way, row.recorded_by, row.witnessed_by) == ("paper", administrator.id, witness.id)
    noon = datetime.combine(clock.today() - timedelta(days=1), datetime.min.time(), CHICAGO) + timedelta(hours=12)
    assert row.confirmed_at == noon
    assert certificate_names([person.id])[person.id].confirmation_id == row.id
    assert "on paper" in as_administrator.get(f"/people/{person.id}").text


def test_a_paper_of_today_is_never_confirmed_in_the_future(as_administrator, person, witness):
    _post(as_administrator, person, _paper(witness, signed_on=clock.today().isoformat()))
    assert db.session.scalars(select(NameConfirmation.confirmed_at)).one() <= clock.now()


def test_only_other_staff_can_be_chosen_as_witness(as_administrator, administrator, person, witness):
    make_person("Some Trainee", roles=["trainee"])
    page = as_administrator.get(f"/people/{person.id}/certificate-name").text
    assert "Tamsin Vale" in page
    assert "Some Trainee" not in page
    assert f'value="{administrator.id}"' not in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"certificate_name": ""}, "Type the name to print."),
        ({"witness_id": ""}, "Choose who saw"),
        ({"witness_id": "00000000-0000-7000-8000-000000000000"}, "Not a valid choice"),
        ({"signed_on": "not a day"}, "Not a valid date"),
        ({"signed_on": (clock.today() + timedelta(days=2)).isoformat()}, "lies ahead"),
    ],
)
def test_a_paper_that_cannot_be_is_refused_and_kept(as_administrator, person, witness, wrong, sentence):
    response = _post(as_administrator, person, _paper(witness, **wrong))
    assert response.status_code == 422
    assert sentence in response.text
    assert _count() == 0


def test_typist_witness_and_person_are_three_people(app, administrator, person, witness):
    profiles = {p.id: db.session.get_one(PersonProfile, p.id) for p in (person, administrator, witness)}
    for of, seen_by in ((person, administrator), (administrator, witness), (witness, witness)):
        with pytest.raises(NotSeparate):
            record_name_confirmation(administrator.id, profiles[of.id], "A", seen_by.id, clock.today(), CHICAGO)


def test_nobody_records_their_own_paper(as_administrator, administrator, witness):
    assert (
        "Nobody records the paper of their own name"
        in as_administrator.get(f"/people/{administrator.id}/certificate-name").text
    )
    assert _post(as_administrator, administrator, _paper(witness)).status_code == 422
    assert _count() == 0


def test_without_a_second_person_of_the_staff_the_page_says_so(as_administrator, person):
    assert "there is none yet" in as_administrator.get(f"/people/{person.id}/certificate-name").text


def test_the_database_itself_refuses_a_paper_without_witness(app, administrator, person):
    names = [c.name for c in NameConfirmation.__table__.constraints if isinstance(c, CheckConstraint)]
    assert names
    db.session.add(
        NameConfirmation(
            person_id=person.id, name="A", way="paper", confirmed_at=clock.now(), recorded_by=administrator.id
        )
    )
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_the_same_form_sent_twice_is_one_paper(as_administrator, person, witness):
    sent = _paper(witness, request_key=str(uuid.uuid4()))
    assert [_post(as_administrator, person, sent).status_code for _ in range(2)] == [303, 303]
    assert _count() == 1


def test_nobody_else_may_and_nobody_unknown_has_a_paper(app, as_administrator, person):
    assert_only_administrators(app, f"/people/{person.id}/certificate-name")
    assert_only_administrators(app, f"/people/{person.id}/certificate-name", "POST")
    assert as_administrator.get(f"/people/{uuid.uuid4()}/certificate-name").status_code == 404
