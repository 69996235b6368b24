"""Say what of one version counts in another: one person proposes, another approves; then it is frozen."""

import uuid

from sqlalchemy import delete, select

from advocates import clock
from advocates.audit.recording import record
from advocates.curriculum.models import CurriculumVersion
from advocates.curriculum.rules import Problem
from advocates.database import db, new_id
from advocates.equivalence.models import EquivalenceGate, EquivalenceLine, EquivalenceMap
from advocates.equivalence.queries import equivalence_of, outlines
from advocates.equivalence.rules import Equivalence, default_equivalence, map_problems


class MapRefused(Exception):
    """Nothing was changed. `problems` say why, each at a line's number and field."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class NotTwoVersions(Exception):
    """A map leads from one published version to another one."""


class ApprovalRefused(Exception):
    """The map was not approved."""


class AlreadyApproved(ApprovalRefused):
    """An approved map never changes: propose another."""


class MapChanged(ApprovalRefused):
    """Somebody else changed the map since the page was shown."""


class OwnProposal(ApprovalRefused):
    """Who changed the map last never approves it."""


class NothingMapped(ApprovalRefused):
    """A map without a line takes nothing along."""


def propose_map(actor_id: uuid.UUID, from_version_id: uuid.UUID, to_version_id: uuid.UUID) -> uuid.UUID:
    """A map with what the two versions share, to be looked through; returns its id. Raises NotTwoVersions."""
    ids = {from_version_id, to_version_id}
    published = select(CurriculumVersion.id).where(
        CurriculumVersion.id.in_(ids), CurriculumVersion.published_at.is_not(None)
    )
    if len(ids) != 2 or len(db.session.scalars(published).all()) != 2:
        raise NotTwoVersions
    known = outlines(ids)
    proposed = EquivalenceMap(
        id=new_id(),
        from_version_id=from_version_id,
        to_version_id=to_version_id,
        proposed_by=actor_id,
        proposed_at=clock.now(),
    )
    db.session.add(proposed)
    db.session.flush()
    _store(proposed.id, default_equivalence(known[from_version_id], known[to_version_id]))
    record(actor_id, "propose_map", map_id=proposed.id, from_version_id=from_version_id, to_version_id=to_version_id)
    return proposed.id


def edit_map(actor_id: uuid.UUID, map_id: uuid.UUID, said: Equivalence, shown: str) -> None:
    """Say something else in a map not yet approved; who does so is its proposer now.

    `shown` is the digest of what the page was filled with. Raises AlreadyApproved, MapChanged, MapRefused.
    """
    found = _lock_open(map_id)
    if equivalence_of(map_id).digest != shown:
        raise MapChanged
    known = outlines({found.from_version_id, found.to_version_id})
    if problems := map_problems(said, known[found.from_version_id], known[found.to_version_id]):
        raise MapRefused(problems)
    _clear(map_id)
    _store(map_id, said)
    found.proposed_by, found.proposed_at = actor_id, clock.now()
    record(actor_id, "edit_map", map_id=map_id, lines=len(said.lines), gates=len(said.gates))


def approve_map(actor_id: uuid.UUID, map_id: uuid.UUID, shown: str) -> None:
    """Freeze what the page showed for good: people can be transferred by it.

    Raises AlreadyApproved, OwnProposal, MapChanged, NothingMapped.
    """
    found = _lock_open(map_id)
    if found.proposed_by == actor_id:
        raise OwnProposal
    said = equivalence_of(map_id)
    if said.digest != shown:
        raise MapChanged
    if not said.lines:
        raise NothingMapped
    found.approved_by, found.approved_at = actor_id, clock.now()
    record(
        actor_id,
        "approve_map",
        map_id=map_id,
        from_version_id=found.from_version_id,
        to_version_id=found.to_version_id,
    )


def discard_map(actor_id: uuid.UUID, map_id: uuid.UUID) -> None:
    """Remove a map that was never approved. AlreadyApproved."""
    found = _lock_open(map_id)
    _clear(map_id)
    db.session.delete(found)
    record(actor_id, "discard_map", from_version_id=found.from_version_id, to_version_id=found.to_version_id)


def _lock_open(map_id: uuid.UUID) -> EquivalenceMap:
    query = select(EquivalenceMap).where(EquivalenceMap.id == map_id).with_for_update()
    found = db.session.scalars(query, execution_options={"populate_existing": True}).one()
    if found.approved_at is not None:
        raise AlreadyApproved
    return found


def _clear(map_id: uuid.UUID) -> None:
    for part in (EquivalenceLine, EquivalenceGate):
        db.session.execute(delete(part).where(part.map_id == map_id))


def _store(map_id: uuid.UUID, said: Equivalence) -> None:
    db.session.add_all(
        EquivalenceLine(
            map_id=map_id,
            position=position,
            from_module_id=line.from_module_id,
            from_minute=line.from_minute,
            to_minute=line.to_minute,
            to_module_id=line.to_module_id,
            to_from_minute=line.to_from_minute,
        )
        for position, line in enumerate(said.lines)
    )
    db.session.add_all(
        EquivalenceGate(map_id=map_id, kind=gate.kind, from_name=gate.from_name, to_name=gate.to_name)
        for gate in said.gates
    )
    db.session.flush()
