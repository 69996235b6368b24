"""What two people do at the same moment still happens once."""

import threading
from time import sleep

from sqlalchemy import select

from advocates.access import Role
from advocates.database import db
from advocates.people.granting import LastAdministrator, end_role
from advocates.people.inviting import invite
from advocates.people.joining import LinkOver, choose_password
from advocates.people.models import Account, PersonProfile, RoleGrant
from advocates.people.registering import EmailTaken, PersonDraft, add_person, change_person
from advocates.seen import ChangedMeanwhile, Seen
from tests.factories.people import make_person
from tests.together import at_once


def _refused(results, kind):
    return sum(isinstance(result, kind) for result in results)


def test_one_link_opened_in_two_browsers_sets_one_password(app, administrator):
    person = make_person("Ines Marlow")
    token = invite(administrator.id, person.id).rsplit("/", 1)[1]
    db.session.commit()
    person_id = person.id
    results = at_once(app, *(lambda n=n: choose_password(token, f"hash {n}") for n in range(4)))
    assert _refused(results, LinkOver) == 3
    winner = next(number for number, result in enumerate(results) if isinstance(result, str))
    assert db.session.get_one(Account, person_id).password_hash == f"hash {winner}"


def test_two_administrators_cannot_remove_each_other(app):
    people = [make_person(name, roles=["administrator"], password_hash="x").id for name in ("Ada", "Bea")]
    grants = {grant.person_id: grant.id for grant in db.session.scalars(select(RoleGrant))}

    def remove(actor_id, other_id):
        end_role(actor_id, db.session.get_one(RoleGrant, grants[other_id]))

    results = at_once(app, lambda: remove(*people), lambda: remove(*reversed(people)))
    assert _refused(results, LastAdministrator) == 1
    left = db.session.scalars(select(RoleGrant.person_id).filter_by(role=Role.ADMINISTRATOR, ended_at=None)).all()
    assert len(left) == 1


def test_two_people_added_with_one_address_become_one(app, administrator):
    actor_id = administrator.id
    results = at_once(app, *(lambda: add_person(actor_id, PersonDraft("Ines", "ines@example.org")) for _ in range(3)))
    assert _refused(results, EmailTaken) == 2
    assert len(db.session.scalars(select(Account).filter_by(email_key="ines@example.org")).all()) == 1


def test_two_who_save_one_person_do_not_overwrite_each_other(app, administrator):
    who, person_id, is_written = administrator.id, make_person("Ines Marlow").id, threading.Event()
    shown = {"pronunciation": None, "contact_preference": None}

    def first():
        change_person(who, person_id, {**shown, "pronunciation": "ee-NESS"}, Seen.of(shown))
        is_written.set()
        sleep(0.3)

    def second():
        is_written.wait(5)
        change_person(who, person_id, {**shown, "contact_preference": "texts"}, Seen.of(shown))

    _, refused = at_once(app, first, second)
    assert isinstance(refused, ChangedMeanwhile)
    assert refused.unseen == {"pronunciation": "ee-NESS"}
    profile = db.session.get_one(PersonProfile, person_id)
    assert (profile.pronunciation, profile.contact_preference) == ("ee-NESS", None)
