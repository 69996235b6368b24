"""Save answers: each change at once, each stored once, and nothing lost when two devices answer."""

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import or_, select

from advocates import clock
from advocates.audit.recording import record
from advocates.database import db, new_id
from advocates.sittings.models import SittingAnswer
from advocates.sittings.queries import Asked, Held, find_held, questions_of, version_of
from advocates.sittings.rules.answering import AnswerError, Fields, is_marked, read_answer
from advocates.sittings.rules.saving import NOTHING, Content, Verdict, Version, judge

N_ = str  # marks a sentence for translation; the view translates it


@dataclass(frozen=True)
class Sent:
    """One question's fields as its page sent them. `base` is the version that the page showed; see `judge`."""

    position: int
    client_key: uuid.UUID
    base: int
    fields: Fields
    follows: frozenset[str] = frozenset()
    device_at: datetime | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of it, and the answer as it stands now. `error` says why it was refused; then there is no verdict."""

    sent: Sent
    asked: Asked | None
    stands: Version
    verdict: Verdict | None = None
    error: AnswerError | None = None


@dataclass(frozen=True)
class Saved:
    """`is_late`: the sitting is over, so nothing new was stored; what was stored before is answered as stored."""

    held: Held
    outcomes: Sequence[Outcome] = field(default_factory=tuple)
    is_late: bool = False

    @property
    def conflicts(self) -> Sequence[Outcome]:
        return [each for each in self.outcomes if each.verdict is Verdict.CONFLICT]

    @property
    def refused(self) -> Sequence[Outcome]:
        return [each for each in self.outcomes if each.error is not None]


class NoSuchSitting(Exception):
    """It is not there, or somebody else's."""


def save_answers(person_id: uuid.UUID, sitting_id: uuid.UUID, sent: Iterable[Sent]) -> Saved:
    """Store what can be stored. Seven statements, however many answers. NoSuchSitting.

    Where another device saved meanwhile, both are kept and the newer answer stands: it becomes the highest version.
    """
    held = find_held(sitting_id, person_id, for_update=True)
    if held is None:
        raise NoSuchSitting
    all_sent = list(sent)
    asked = {each.row.position: each for each in questions_of(sitting_id, {each.position for each in all_sent})}
    before = _stored(sitting_id, [each.row.id for each in asked.values()], [each.client_key for each in all_sent])
    is_late = held.is_over(clock.now())
    rows: list[SittingAnswer] = []
    outcomes = [_save(person_id, each, asked.get(each.position), before, rows, is_late=is_late) for each in all_sent]
    if rows:
        record(person_id, "save_answers", rows=rows, sitting_id=sitting_id, answers=len(rows))
    return Saved(held, outcomes, is_late and any(each.verdict is None for each in outcomes))


@dataclass
class _Before:
    current: dict[uuid.UUID, Version]
    by_key: Mapping[uuid.UUID, SittingAnswer]


def _stored(sitting_id: uuid.UUID, question_ids: Sequence[uuid.UUID], keys: Sequence[uuid.UUID]) -> _Before:
    """The current answers, and those that these very saves became. One statement."""
    query = (
        select(SittingAnswer)
        .where(
            SittingAnswer.sitting_id == sitting_id,
            or_(SittingAnswer.sitting_question_id.in_(question_ids), SittingAnswer.client_key.in_(keys)),
        )
        .order_by(SittingAnswer.version)
    )
    rows = db.session.scalars(query).all()
    return _Before(
        {row.sitting_question_id: version_of(row) for row in rows},
        {row.client_key: row for row in rows},
    )


def _save(
    person_id: uuid.UUID,
    sent: Sent,
    asked: Asked | None,
    before: _Before,
    rows: list[SittingAnswer],
    *,
    is_late: bool,
) -> Outcome:
    if asked is None:
        return Outcome(sent, None, NOTHING, error=AnswerError(N_("This question is not in your test.")))
    current = before.current.get(asked.row.id, NOTHING)
    done = before.by_key.get(sent.client_key)
    if done is not None:
        if done.sitting_question_id != asked.row.id:
            return Outcome(sent, asked, current, error=AnswerError(N_("This was sent for another question.")))
        is_same = version_of(done).content == current.content
        return Outcome(sent, asked, current, Verdict.SAVED if is_same else Verdict.CONFLICT)
    try:
        answer = read_answer(asked.question, asked.arrangement, asked.prefix, sent.fields)
    except AnswerError as error:
        return Outcome(sent, asked, current, error=error)
    wanted = Content(answer, is_marked(asked.prefix, sent.fields))
    verdict = judge(current, sent.base, sent.follows, wanted)
    if verdict is Verdict.UNCHANGED:
        return Outcome(sent, asked, current, verdict)
    if is_late:
        return Outcome(sent, asked, current)
    stands = _store(person_id, sent, asked, wanted, current.number + 1, sent.client_key, rows)
    if verdict is Verdict.CONFLICT:
        stands = _store(person_id, sent, asked, current.content, current.number + 2, new_id(), rows)
    before.current[asked.row.id] = stands
    return Outcome(sent, asked, stands, verdict)


def _store(
    person_id: uuid.UUID,
    sent: Sent,
    asked: Asked,
    content: Content,
    number: int,
    client_key: uuid.UUID,
    rows: list[SittingAnswer],
) -> Version:
    row = SittingAnswer(
        id=new_id(),
        sitting_id=asked.row.sitting_id,
        sitting_question_id=asked.row.id,
        version=number,
        answer=json.dumps(content.answer, ensure_ascii=False, separators=(",", ":")),
        is_marked=content.is_marked,
        answered_by=person_id,
        answered_at=clock.now(),
        device_at=sent.device_at,
        client_key=client_key,
    )
    rows.append(row)
    return version_of(row)
