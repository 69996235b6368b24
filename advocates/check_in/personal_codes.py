"""Personal codes: six digits at random, made anew whenever somebody asks. They stand in no mail, log or trail."""

import secrets
import uuid

from sqlalchemy import exists, select

from advocates.audit.recording import record
from advocates.check_in.models import PersonalCode
from advocates.database import db
from advocates.people.models import Person


def make_code(actor_id: uuid.UUID, person_id: uuid.UUID) -> None:
    """A new code for the person; an old one works no more."""
    db.session.execute(select(Person.id).where(Person.id == person_id).with_for_update(key_share=True)).one()
    code = _free_code()
    mine = db.session.get(PersonalCode, person_id)
    if mine is None:
        db.session.add(PersonalCode(person_id=person_id, code=code))
    else:
        mine.code = code
    record(actor_id, "make_personal_code", person_id=person_id)


def _free_code() -> str:
    """One that nobody has; two who draw the same at the same moment meet at the unique key, and one tries again."""
    while True:
        code = f"{secrets.randbelow(10**6):06d}"
        if not db.session.scalar(select(exists().where(PersonalCode.code == code))):
            return code
