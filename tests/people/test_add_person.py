"""An administrator adds a person, with or without an e-mail address."""

import uuid

import pytest
from sqlalchemy import func, select

from advocates.audit.models import AuditEvent
from advocates.database import db
from advocates.people.models import Account, Person, PersonProfile
from advocates.people.registering import EmailTaken, PersonDraft, create_people
from tests.budgets import statements
from tests.factories.people import make_person
from tests.people.refusals import assert_only_administrators

TYPED = {"chosen_name": " Nguyễn  Mai ", "email": "Mai@Example.org", "pronunciation": "win MY", "language": "en"}


def _count(model=Person):
    return db.session.scalar(select(func.count()).select_from(model))


def _profile(response):
    return db.session.get_one(PersonProfile, uuid.UUID(response.location.rsplit("/", 1)[1]))


def test_a_person_is_added_with_an_account_but_no_password(as_administrator):
    profile = _profile(as_administrator.post_form("/people/new", TYPED))
    assert (profile.chosen_name, profile.email, profile.pronunciation) == ("Nguyễn Mai", "Mai@example.org", "win MY")
    account = db.session.get_one(Account, profile.person_id)
    assert (account.email_key, account.password_hash) == ("mai@example.org", None)


def test_the_trail_names_nobody(as_administrator):
    as_administrator.post_form("/people/new", TYPED)
    payload = db.session.scalars(select(AuditEvent.payload).filter_by(action="add_person")).one()
    assert "Mai" not in payload
    assert "mai@" not in payload.lower()


def test_a_walk_in_without_email_has_no_account(as_administrator):
    profile = _profile(as_administrator.post_form("/people/new", {**TYPED, "email": " "}))
    assert profile.email is None
    assert db.session.get(Account, profile.person_id) is None


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("chosen_name", "", "Type a name."),
        ("chosen_name", "Ana\u202eb", "hidden character"),
        ("certificate_name", "x" * 101, "at most 100"),
        ("email", "no address", "Type an e-mail address"),
        ("email", "MAI2@example.org", "Somebody else signs in"),
        ("agency_id", "00000000-0000-7000-8000-000000000000", "Not a valid choice"),
        ("agency_id", "nonsense", "Invalid Choice"),
        ("pronunciation", "x" * 201, "longer than 200"),
        ("contact_preference", "a\x00b", "cannot be stored"),
    ],
)
def test_bad_input_is_refused_at_its_field_and_the_rest_kept(as_administrator, field, value, sentence):
    make_person("Other Mai", email="mai2@example.org")
    before = _count()
    response = as_administrator.post_form("/people/new", {**TYPED, field: value})
    assert response.status_code == 422
    assert sentence in response.text
    if field != "pronunciation":
        assert 'value="win MY"' in response.text
    assert _count() == before


def test_the_same_form_sent_twice_adds_one_person(as_administrator):
    typed = {**TYPED, "request_key": str(uuid.uuid4())}
    first, second = (as_administrator.post_form("/people/new", typed) for _ in range(2))
    assert first.location == second.location
    assert _count(Account) == 2


def test_nobody_else_may(app):
    assert_only_administrators(app, "/people/new")
    assert_only_administrators(app, "/people/new", "POST")


@pytest.mark.parametrize("people", [1, 3, 24])
def test_many_are_added_in_a_fixed_number_of_statements(app, people):
    drafts = [PersonDraft(f"Person {n}", f"p{n}@example.org" if n % 5 else None) for n in range(people + 1)]
    with statements() as sent:
        ids = create_people(drafts)
        db.session.commit()
    assert len(ids) == people + 1
    assert len(sent) == 4  # known addresses, people, profiles, accounts


def test_two_of_a_list_with_one_address_are_refused_whole(app):
    drafts = [PersonDraft("One", "same@example.org"), PersonDraft("Two", "SAME@example.org")]
    with pytest.raises(EmailTaken) as refused:
        create_people(drafts)
    assert refused.value.email == "SAME@example.org"
    db.session.rollback()
    assert _count() == 0
