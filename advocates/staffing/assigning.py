"""Say who teaches a session, add guest speakers, and keep qualifications."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select

from advocates import clock
from advocates.audit.recording import record
from advocates.cohorts.seats import lock_open_cohort
from advocates.database import db, new_id
from advocates.people.registering import PersonDraft, create_people
from advocates.schedule.models import TrainingSession
from advocates.schedule.splitting import follows_a_split
from advocates.staffing.models import GuestSpeaker, Qualification, SessionStaff
from advocates.staffing.queries import Around, bookings_around, candidates, staff_of
from advocates.staffing.rules import Clash, clashes


class BookedTwice(Exception):
    """People who teach elsewhere at that time: the clashes, and what `around` says of them."""

    def __init__(self, found: Sequence[Clash], around: Around) -> None:
        super().__init__(f"{len(found)} clashes")
        self.found, self.around = found, around


class NoCandidate(Exception):
    """Somebody chosen neither trains the cohort nor is a guest speaker any more."""


def assign_staff(
    actor_id: uuid.UUID, session_id: uuid.UUID, person_ids: Collection[uuid.UUID], *, is_booked_anyway: bool
) -> None:
    """Make these people the session's staff; nobody means whoever of the cohort's trainers comes.

    Raises NoCandidate, BookedTwice (unless they are booked all the same) or CohortClosed.
    """
    session = db.session.get_one(TrainingSession, session_id)
    lock_open_cohort(session.cohort_id)
    if not set(person_ids) <= {candidate.person_id for candidate in candidates(session.cohort_id)}:
        raise NoCandidate
    held = _locked_staff(session_id)
    added = [person_id for person_id in person_ids if person_id not in held]
    removed = [person_id for person_id in held if person_id not in person_ids]
    found, around = _clashes(session_id, added)
    if found and not is_booked_anyway:
        raise BookedTwice(found, around)
    now = clock.now()
    for person_id in removed:
        held[person_id].removed_at = now
    _add_staff(actor_id, session_id, added)
    if added or removed:
        twice = [clash.other_id for clash in found]
        record(actor_id, "assign_staff", session_id=session_id, added=added, removed=removed, booked_twice_with=twice)


@follows_a_split
def staff_second_half(
    actor_id: uuid.UUID, session_id: uuid.UUID, second_id: uuid.UUID
) -> Mapping[str, Sequence[uuid.UUID]]:
    """Whoever teaches a session teaches both halves of it, until somebody says otherwise."""
    now, named = clock.now(), staff_of(session_id)
    db.session.add_all(
        SessionStaff(id=new_id(), session_id=second_id, person_id=person_id, added_by=actor_id, added_at=now)
        for person_id in named
    )
    db.session.flush()
    return {"staff": named} if named else {}


def add_guest(actor_id: uuid.UUID, name: str) -> uuid.UUID:
    """A new guest speaker, who needs no account; their id."""
    person_id = _create_guest(actor_id, name)
    record(actor_id, "add_guest_speaker", person_id=person_id)
    return person_id


def book_new_guest(actor_id: uuid.UUID, session_id: uuid.UUID, name: str) -> bool:
    """A new guest speaker who teaches the session beside whoever does so far. Raises CohortClosed.

    Where nobody was named, so that the cohort's trainers come, they are named too, even those booked elsewhere:
    whether it did so.
    """
    session = db.session.get_one(TrainingSession, session_id)
    lock_open_cohort(session.cohort_id)
    trainers = [one.person_id for one in candidates(session.cohort_id) if not one.is_guest]
    added = [] if _locked_staff(session_id) else trainers
    twice = [clash.other_id for clash in _clashes(session_id, added)[0]]
    guest = _create_guest(actor_id, name)
    named = [*added, guest]
    _add_staff(actor_id, session_id, named)
    record(actor_id, "add_guest_speaker", person_id=guest)
    record(actor_id, "assign_staff", session_id=session_id, added=named, removed=[], booked_twice_with=twice)
    return bool(added)


def add_qualification(
    actor_id: uuid.UUID, person_id: uuid.UUID, title: str, holds_from: date, holds_until: date | None
) -> None:
    row = Qualification(
        id=new_id(),
        person_id=person_id,
        title=title,
        holds_from=holds_from,
        holds_until=holds_until,
        added_by=actor_id,
        added_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    record(actor_id, "add_qualification", person_id=person_id, qualification_id=row.id)


def remove_qualification(actor_id: uuid.UUID, qualification: Qualification) -> None:
    """It was a mistake. One that ended keeps its dates instead."""
    if qualification.removed_at is None:
        qualification.removed_at = clock.now()
        db.session.flush()
        record(
            actor_id,
            "remove_qualification",
            person_id=qualification.person_id,
            qualification_id=qualification.id,
        )


def _create_guest(actor_id: uuid.UUID, name: str) -> uuid.UUID:
    (person_id,) = create_people([PersonDraft(chosen_name=name)])
    db.session.add(GuestSpeaker(person_id=person_id, added_by=actor_id, added_at=clock.now()))
    db.session.flush()
    return person_id


def _locked_staff(session_id: uuid.UUID) -> Mapping[uuid.UUID, SessionStaff]:
    """The rows of those named for the session, by person, locked."""
    open_rows = select(SessionStaff).where(SessionStaff.session_id == session_id, SessionStaff.removed_at.is_(None))
    rows = db.session.scalars(open_rows.order_by(SessionStaff.id).with_for_update())
    return {row.person_id: row for row in rows}


def _add_staff(actor_id: uuid.UUID, session_id: uuid.UUID, person_ids: Collection[uuid.UUID]) -> None:
    now = clock.now()
    db.session.add_all(
        SessionStaff(id=new_id(), session_id=session_id, person_id=person_id, added_by=actor_id, added_at=now)
        for person_id in person_ids
    )
    db.session.flush()


def _clashes(session_id: uuid.UUID, added: Collection[uuid.UUID]) -> tuple[Sequence[Clash], Around]:
    """What would be booked twice if these people came to the session too."""
    around = bookings_around([session_id])
    bookings = [
        replace(booking, holds=booking.holds | set(added)) if booking.session_id == session_id else booking
        for booking in around.bookings
    ]
    found = clashes(bookings).get(session_id, ())
    return [clash for clash in found if clash.held in added], around
