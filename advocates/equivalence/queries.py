"""Reads of maps and transfers. Each function says how many statements it sends."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, exists, or_, select, union
from sqlalchemy.orm import InstrumentedAttribute, aliased

from advocates.curriculum.models import CurriculumVersion, VersionModule
from advocates.curriculum.rules import rules_from_json
from advocates.database import db
from advocates.equivalence.models import EquivalenceGate, EquivalenceLine, EquivalenceMap, Transfer
from advocates.equivalence.rules import Equivalence, GateLine, Line, Link, Outline, OutlineModule
from advocates.people.models import PersonProfile

Ids = Collection[uuid.UUID]


@dataclass(frozen=True)
class MapRow:
    """A map with the titles of its versions and the names of who proposed and approved it."""

    map: EquivalenceMap
    from_title: str
    from_number: int
    to_title: str
    to_number: int
    proposer: str | None
    approver: str | None


def has_transfer(enrollment_id: InstrumentedAttribute[uuid.UUID]) -> ColumnElement[bool]:
    """Whether a row's enrollment belongs to a chain: a page that read it may do without `links_of` where none does."""
    either = or_(Transfer.from_enrollment_id == enrollment_id, Transfer.to_enrollment_id == enrollment_id)
    return exists().where(either)


def links_of(enrollment_ids: Ids) -> Sequence[Link]:
    """Every transfer in the chains that these enrollments belong to. One statement; none without ids."""
    if not enrollment_ids:
        return []
    earlier = _chain(enrollment_ids, "earlier", Transfer.to_enrollment_id, Transfer.from_enrollment_id)
    later = _chain(enrollment_ids, "later", Transfer.from_enrollment_id, Transfer.to_enrollment_id)
    rows = db.session.execute(
        select(
            Transfer.id,
            Transfer.from_enrollment_id,
            Transfer.to_enrollment_id,
            EquivalenceMap.from_version_id,
            Transfer.map_id,
        )
        .join(EquivalenceMap, EquivalenceMap.id == Transfer.map_id)
        .where(Transfer.id.in_(union(select(earlier.c.id), select(later.c.id))))
        .order_by(Transfer.id)
    )
    return [Link(*row) for row in rows]


def lines_of(map_ids: Ids) -> Mapping[uuid.UUID, tuple[Line, ...]]:
    """The lines of each map in order. One statement; none without ids."""
    found: dict[uuid.UUID, list[Line]] = {map_id: [] for map_id in map_ids}
    if map_ids:
        for line in db.session.scalars(
            select(EquivalenceLine).where(EquivalenceLine.map_id.in_(map_ids)).order_by(EquivalenceLine.position)
        ):
            found[line.map_id].append(
                Line(line.from_module_id, line.from_minute, line.to_minute, line.to_module_id, line.to_from_minute)
            )
    return {map_id: tuple(lines) for map_id, lines in found.items()}


def gates_of(map_ids: Ids) -> Mapping[uuid.UUID, tuple[GateLine, ...]]:
    """The tests, skills and agreements of each map. One statement; none without ids."""
    found: dict[uuid.UUID, list[GateLine]] = {map_id: [] for map_id in map_ids}
    if map_ids:
        for gate in db.session.scalars(
            select(EquivalenceGate).where(EquivalenceGate.map_id.in_(map_ids)).order_by(EquivalenceGate.id)
        ):
            found[gate.map_id].append(GateLine(gate.kind, gate.from_name, gate.to_name))
    return {map_id: tuple(gates) for map_id, gates in found.items()}


def equivalence_of(map_id: uuid.UUID) -> Equivalence:
    """What one map says. Two statements."""
    return Equivalence(lines_of([map_id])[map_id], gates_of([map_id])[map_id])


def outlines(version_ids: Ids) -> Mapping[uuid.UUID, Outline]:
    """What maps have to know of these versions. Two statements."""
    modules: dict[uuid.UUID, list[OutlineModule]] = defaultdict(list)
    for module in db.session.scalars(
        select(VersionModule).where(VersionModule.version_id.in_(version_ids)).order_by(VersionModule.position)
    ):
        modules[module.version_id].append(
            OutlineModule(module.module_id, module.key, module.title, module.contact_minutes)
        )
    rows = db.session.execute(
        select(CurriculumVersion.id, CurriculumVersion.rules).where(CurriculumVersion.id.in_(version_ids))
    )
    rules = {version_id: rules_from_json(text) for version_id, text in rows}
    return {
        version_id: Outline(tuple(modules[version_id]), said.skills, tuple(key.value for key in said.agreements))
        for version_id, said in rules.items()
    }


def list_maps() -> Sequence[MapRow]:
    """Every map: those that wait first, then the newest. One statement."""
    ordered = _rows().order_by(EquivalenceMap.approved_at.is_not(None), EquivalenceMap.proposed_at.desc())
    return [MapRow(*row) for row in db.session.execute(ordered)]


def find_map(map_id: uuid.UUID) -> MapRow | None:
    """One map, or None. One statement."""
    row = db.session.execute(_rows().where(EquivalenceMap.id == map_id)).one_or_none()
    return MapRow(*row) if row else None


def maps_in_force(from_version_ids: Ids, to_version_id: uuid.UUID) -> Mapping[uuid.UUID, uuid.UUID]:
    """The map approved last from each of these versions to the other, by version. One statement."""
    rows = db.session.execute(
        select(EquivalenceMap.from_version_id, EquivalenceMap.id)
        .where(
            EquivalenceMap.from_version_id.in_(from_version_ids),
            EquivalenceMap.to_version_id == to_version_id,
            EquivalenceMap.approved_at.is_not(None),
        )
        .order_by(EquivalenceMap.approved_at, EquivalenceMap.id)
    )
    return {row.from_version_id: row.id for row in rows}


def _chain(enrollment_ids: Ids, name: str, here: Any, there: Any) -> CTE:
    """Transfers from these enrollments onwards in one direction, however many."""
    first = select(Transfer.id, there.label("next")).where(here.in_(enrollment_ids)).cte(name, recursive=True)
    return first.union(select(Transfer.id, there).join(first, here == first.c.next))


def _rows() -> Select[*tuple[Any, ...]]:
    """The columns of MapRow."""
    old, new = aliased(CurriculumVersion), aliased(CurriculumVersion)
    proposer, approver = aliased(PersonProfile), aliased(PersonProfile)
    return (
        select(EquivalenceMap, old.title, old.number, new.title, new.number, proposer.chosen_name, approver.chosen_name)
        .join(old, old.id == EquivalenceMap.from_version_id)
        .join(new, new.id == EquivalenceMap.to_version_id)
        .outerjoin(proposer, proposer.person_id == EquivalenceMap.proposed_by)
        .outerjoin(approver, approver.person_id == EquivalenceMap.approved_by)
    )
