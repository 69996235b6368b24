"""Record a past cohort and its people as a source states them. Nothing is credited, and nobody is invited."""

import uuid
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from advocates import clock
from advocates.audit.recording import record
from advocates.cohorts.enrolling import people_of
from advocates.cohorts.rules import Decision, Judgment, Standing, name_key
from advocates.database import db, new_id
from advocates.legacy import queries
from advocates.legacy.models import LegacyCohort, LegacyRecord
from advocates.legacy.rules import PastLine, judge_past


class TitleTaken(Exception):
    """Another legacy cohort has this title."""


class RecordingRefused(Exception):
    """Nobody was recorded: a line is wrong or undecided, or this is not what was shown. `judgment` says which."""

    def __init__(self, judgment: Judgment) -> None:
        super().__init__("nobody was recorded")
        self.judgment = judgment


def add_legacy_cohort(actor_id: uuid.UUID, title: str, training: str, source: str) -> uuid.UUID:
    """Store a past cohort, without people yet. Raises TitleTaken."""
    cohort = LegacyCohort(
        id=new_id(), title=title, training=training, source=source, recorded_by=actor_id, recorded_at=clock.now()
    )
    db.session.add(cohort)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise TitleTaken from error
    record(actor_id, "add_legacy_cohort", legacy_cohort_id=cohort.id)
    return cohort.id


def judge_past_people(
    legacy_cohort_id: uuid.UUID, lines: Sequence[PastLine], decisions: Mapping[str, Decision] | None = None
) -> Judgment:
    """How each line stands to the legacy cohort. Two statements, however many lines."""
    here = queries.people_of(legacy_cohort_id)
    emails = [line.newcomer.email for line in lines if line.newcomer.email]
    known = queries.known_by_email(emails, {person.person_id for person in here})
    return judge_past(lines, known, frozenset(name_key(person.name) for person in here), decisions)


def record_past_people(
    actor_id: uuid.UUID,
    legacy_cohort_id: uuid.UUID,
    lines: Sequence[PastLine],
    decisions: Mapping[str, Decision],
    shown: str,
) -> int:
    """Record all who are not there yet, or nobody; how many. A fixed number of statements. Raises RecordingRefused."""
    db.session.execute(select(LegacyCohort.id).where(LegacyCohort.id == legacy_cohort_id).with_for_update())
    judgment = judge_past_people(legacy_cohort_id, lines, decisions)
    if not judgment.may_enroll or shown != judgment.digest:
        raise RecordingRefused(judgment)
    past = [row.line for row in [*judgment.of(Standing.KNOWN), *judgment.of(Standing.NEW)]]
    if not past:
        return 0
    now, people = clock.now(), people_of(judgment)
    db.session.add_all(
        LegacyRecord(
            id=new_id(),
            legacy_cohort_id=legacy_cohort_id,
            person_id=person_id,
            completed_on=line.completed_on,
            stated_minutes=line.stated_minutes,
            recorded_by=actor_id,
            recorded_at=now,
        )
        for line, person_id in zip(past, people, strict=True)
        if isinstance(line, PastLine)
    )
    record(actor_id, "record_past_people", legacy_cohort_id=legacy_cohort_id, person_ids=list(people))
    return len(people)
