"""The command that prints a one-time link for the first administrator."""

import pytest
from sqlalchemy import func, select

from advocates import clock
from advocates.database import db
from advocates.people.models import Account, Invitation, InvitationPurpose
from tests.factories.people import make_person
from tests.people.links import PASSWORD, path_of


@pytest.fixture
def run(app):
    def run(*arguments):
        db.session.remove()
        result = app.test_cli_runner().invoke(args=["people", "create-administrator", *arguments])
        assert result.exit_code == 0, result.output
        return result.output

    return run


def test_the_link_makes_an_administrator_who_stops_further_links(run, client):
    said = run("--if-none")
    assert said.startswith("Create the first administrator: http://localhost/invitations/")
    typed = {"name": "Ada Quill", "email": "ada@example.org", "password": PASSWORD}
    assert client.post_form(path_of(said.split()[-1]), typed).status_code == 303
    assert run("--if-none") == ""


def test_without_the_option_a_link_is_always_printed(run):
    make_person("Ada Quill", roles=["administrator"], password_hash="x")
    assert path_of(run().strip())
    invitation = db.session.scalars(select(Invitation)).one()
    assert (invitation.purpose, invitation.person_id) == (InvitationPurpose.FIRST_ADMINISTRATOR, None)


@pytest.mark.parametrize("why", ["no password", "closed", "another role"])
def test_an_administrator_who_cannot_sign_in_does_not_count(run, why):
    password = None if why == "no password" else "x"
    person = make_person("Ada", roles=["trainer" if why == "another role" else "administrator"], password_hash=password)
    if why == "closed":
        db.session.get_one(Account, person.id).disabled_at = clock.now()
        db.session.commit()
    assert "Create the first administrator" in run("--if-none")


def test_each_new_link_ends_the_one_before(run):
    for _ in range(3):
        run("--if-none")
    open_links = select(func.count()).select_from(Invitation).where(Invitation.used_at.is_(None))
    assert db.session.scalar(open_links) == 1
