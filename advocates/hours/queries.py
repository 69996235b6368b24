"""Reads of the ledger: live entries, balances against the pinned version, and what each session credited."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from advocates.cohorts.models import Enrollment
from advocates.curriculum.models import CurriculumVersion, VersionModule, modes_from_json
from advocates.curriculum.rules import VersionRules, rules_from_json
from advocates.database import db
from advocates.hours.models import TRANSFERRED, CreditEntry
from advocates.hours.rules import Balance, LiveEntry, ModuleHours, Source, SourceKind, VersionHours, balance
from advocates.schedule.models import AgendaSegment

Ids = Collection[uuid.UUID]


@dataclass(frozen=True)
class Standing:
    """One enrollment's version, live entries and what they are worth."""

    version_id: uuid.UUID
    version: VersionHours
    live: Sequence[LiveEntry]
    balance: Balance


@dataclass(frozen=True)
class VersionTerms:
    """What a version asks for, its modules' titles, and the equivalent activities of those that have one."""

    hours: VersionHours
    rules: VersionRules
    titles: Mapping[uuid.UUID, str]
    activities: Mapping[uuid.UUID, str]


def standings(enrollment_ids: Ids) -> dict[uuid.UUID, Standing]:
    """Balances with what they were computed from. Three statements; unknown ids are left out."""
    versions = versions_of(enrollment_ids)
    hours = version_hours(set(versions.values()))
    live = live_entries(enrollment_ids)
    return {
        enrollment_id: Standing(
            version_id,
            hours[version_id],
            live[enrollment_id],
            balance(live[enrollment_id], hours[version_id]),
        )
        for enrollment_id, version_id in versions.items()
    }


def balances(enrollment_ids: Ids) -> dict[uuid.UUID, Balance]:
    """The balance of each enrollment. Three statements, however many there are."""
    return {enrollment_id: standing.balance for enrollment_id, standing in standings(enrollment_ids).items()}


def enrollment_balance(enrollment_id: uuid.UUID) -> Balance:
    """One enrollment's balance; KeyError for an unknown id. Three statements."""
    return balances([enrollment_id])[enrollment_id]


def versions_of(enrollment_ids: Ids, *, for_update: bool = False) -> dict[uuid.UUID, uuid.UUID]:
    """The curriculum version that each enrollment pins, by enrollment; locked in order of id for a write."""
    pinned = (
        select(Enrollment.id, Enrollment.curriculum_version_id)
        .where(Enrollment.id.in_(enrollment_ids))
        .order_by(Enrollment.id)
    )
    rows = db.session.execute(pinned.with_for_update() if for_update else pinned)
    return {row.id: row.curriculum_version_id for row in rows}


def version_hours(version_ids: Ids) -> dict[uuid.UUID, VersionHours]:
    """What each version asks for in minutes. One statement."""
    return {version_id: terms.hours for version_id, terms in version_terms(version_ids).items()}


def version_terms(version_ids: Ids) -> dict[uuid.UUID, VersionTerms]:
    """What each version asks for. One statement."""
    heads: dict[uuid.UUID, tuple[int, str]] = {}
    modules: dict[uuid.UUID, dict[uuid.UUID, ModuleHours]] = defaultdict(dict)
    titles: dict[uuid.UUID, dict[uuid.UUID, str]] = defaultdict(dict)
    activities: dict[uuid.UUID, dict[uuid.UUID, str]] = defaultdict(dict)
    for row in db.session.execute(
        select(
            CurriculumVersion.id,
            CurriculumVersion.required_contact_minutes,
            CurriculumVersion.rules,
            VersionModule.module_id,
            VersionModule.title,
            VersionModule.contact_minutes,
            VersionModule.is_required,
            VersionModule.position,
            VersionModule.delivery_modes,
            VersionModule.equivalent_activity,
        )
        .join(VersionModule, VersionModule.version_id == CurriculumVersion.id)
        .where(CurriculumVersion.id.in_(version_ids))
        .order_by(VersionModule.position)
    ):
        heads[row.id] = (row.required_contact_minutes, row.rules)
        modules[row.id][row.module_id] = module_hours(row)
        titles[row.id][row.module_id] = row.title
        if row.equivalent_activity:
            activities[row.id][row.module_id] = row.equivalent_activity
    return {
        version_id: VersionTerms(
            hours_of(required, rules, modules[version_id]),
            rules_from_json(rules),
            titles[version_id],
            activities[version_id],
        )
        for version_id, (required, rules) in heads.items()
    }


def live_entries(enrollment_ids: Ids) -> Mapping[uuid.UUID, Sequence[LiveEntry]]:
    """The entries that no other reverses, oldest first; every id asked for is a key. One statement."""
    reversal = aliased(CreditEntry)
    live: dict[uuid.UUID, list[LiveEntry]] = {enrollment_id: [] for enrollment_id in enrollment_ids}
    for entry in db.session.scalars(
        select(CreditEntry)
        .outerjoin(reversal, reversal.reverses_id == CreditEntry.id)
        .where(CreditEntry.enrollment_id.in_(enrollment_ids), CreditEntry.minutes > 0, reversal.id.is_(None))
        .order_by(CreditEntry.id)
    ):
        live[entry.enrollment_id].append(live_entry(entry))
    return live


def live_entry(entry: CreditEntry) -> LiveEntry:
    """A ledger row as the rules see it."""
    kind = SourceKind.MARK if entry.mark_id else SourceKind.MAKE_UP
    evidence = entry.mark_id or entry.make_up_id
    if evidence is None or entry.kind != (TRANSFERRED if entry.transfer_id else kind):
        raise ValueError(f"credit entry {entry.id} of kind {entry.kind} names no evidence")
    return LiveEntry(
        entry.module_id,
        entry.from_minute,
        entry.to_minute,
        entry.delivery_mode,
        Source(kind, evidence, entry.segment_id, entry.transfer_id),
        entry.id,
    )


def entry_ids_by_module(live: Sequence[LiveEntry]) -> dict[uuid.UUID, tuple[uuid.UUID, ...]]:
    """The evidence that a proof names: entry ids by module, in the order of the minutes they credit."""
    found: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for entry in sorted(live, key=lambda entry: (entry.from_minute, entry.entry_id)):
        found[entry.module_id].append(entry.entry_id)
    return {module_id: tuple(ids) for module_id, ids in found.items()}


def session_credits(session_id: uuid.UUID) -> dict[uuid.UUID, int]:
    """The minutes that stand credited from one session, by enrollment, but for what came along from another.

    One statement.
    """
    rows = db.session.execute(
        select(CreditEntry.enrollment_id, func.sum(CreditEntry.minutes).label("minutes"))
        .join(AgendaSegment, AgendaSegment.id == CreditEntry.segment_id)
        .where(AgendaSegment.session_id == session_id, CreditEntry.transfer_id.is_(None))
        .group_by(CreditEntry.enrollment_id)
    )
    return {row.enrollment_id: int(row.minutes) for row in rows}


def module_hours(module: Any) -> ModuleHours:
    """From a version's module, or a row with its columns."""
    return ModuleHours(
        module.contact_minutes, module.is_required, module.position, frozenset(modes_from_json(module.delivery_modes))
    )


def hours_of(required: int, rules: str, modules: Mapping[uuid.UUID, ModuleHours]) -> VersionHours:
    """What a version asks for in minutes, from its columns."""
    stated = rules_from_json(rules)
    return VersionHours(
        required_contact_minutes=required,
        modules=modules,
        electives_owed_minutes=stated.electives_owed_minutes,
        delivery_caps=stated.delivery_caps_minutes,
        delivery_minimums=stated.delivery_minimums_minutes,
    )
