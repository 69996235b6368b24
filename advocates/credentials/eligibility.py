"""Gather what each enrollment has to show and hold it against its version: eight statements for any number."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from advocates.assessments.queries import assessment_facts
from advocates.assessments.rules import AssessmentFacts
from advocates.attendance.queries import LedgerRow, ledger_rows
from advocates.cohorts.rules import EnrollmentStatus
from advocates.credentials.models import WaiverState
from advocates.credentials.queries import EnrollmentFacts, WaiverRow, enrollment_facts, waivers_of
from advocates.credentials.rules import Eligibility, Facts, Requirement, RequirementKind, assess, requirements_of
from advocates.equivalence.queries import links_of
from advocates.hours.queries import VersionTerms, version_terms
from advocates.hours.rules import Part, balance

IN_TRAINING = frozenset({EnrollmentStatus.ENROLLED, EnrollmentStatus.COMPLETED})


@dataclass(frozen=True)
class Assessment:
    """Verdicts and waivers by enrollment, and the terms they were held against by curriculum version."""

    verdicts: Mapping[uuid.UUID, Eligibility]
    waivers: Mapping[uuid.UUID, Sequence[WaiverRow]]
    terms: Mapping[uuid.UUID, VersionTerms]


def assess_many(enrollment_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Eligibility]:
    """The verdict on each enrollment; unknown ids are left out. Seven statements, and those of
    transfers where there are any; none without ids."""
    return dict(assess_in_full(enrollment_ids).verdicts)


def assess_in_full(enrollment_ids: Collection[uuid.UUID]) -> Assessment:
    """The verdicts with what a page tells beside them. The same statements."""
    if not enrollment_ids:
        return Assessment({}, {}, {})
    enrollments = enrollment_facts(enrollment_ids)
    terms = version_terms({enrollment.version_id for enrollment in enrollments.values()})
    links = links_of([key for key, enrollment in enrollments.items() if enrollment.has_transfer])
    assessments = assessment_facts(enrollment_ids, links)
    ledgers = ledger_rows(enrollment_ids)
    waivers = waivers_of(enrollment_ids)
    verdicts = {}
    for enrollment_id, enrollment in enrollments.items():
        approved = {row.requirement: row.id for row in waivers[enrollment_id] if row.state is WaiverState.APPROVED}
        verdicts[enrollment_id] = verdict_on(
            enrollment, terms[enrollment.version_id], assessments[enrollment_id], ledgers[enrollment_id], approved
        )
    return Assessment(verdicts, waivers, terms)


def verdict_on(
    enrollment: EnrollmentFacts,
    version: VersionTerms,
    assessments: AssessmentFacts,
    ledger: Sequence[LedgerRow],
    waivers: Mapping[str, uuid.UUID],
) -> Eligibility:
    """The verdict on what was read of one enrollment; `waivers` are the approved ones by the key of what they waive."""
    gates = (*requirements_of(version.rules, assessments), _certificate_name(enrollment))
    facts = _facts(enrollment, version, ledger, gates, waivers)
    return assess(replace(facts, window_days=version.rules.completion_window_days))


def last_days(verdict: Eligibility) -> Mapping[uuid.UUID, date]:
    """The local day of the last evidence for each module that has any."""
    return verdict.facts.module_days


def _facts(
    enrollment: EnrollmentFacts,
    version: VersionTerms,
    ledger: Sequence[LedgerRow],
    gates: tuple[Requirement, ...],
    waivers: Mapping[str, uuid.UUID],
) -> Facts:
    live = sorted((row for row in ledger if row.is_live), key=lambda row: (row.from_minute, row.entry_id))
    entries: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    days: dict[uuid.UUID, date] = {}
    for row in live:
        entries[row.module_id].append(row.entry_id)
        days[row.module_id] = max(row.on, days.get(row.module_id, row.on))
    parts = (Part(row.module_id, row.from_minute, row.to_minute, row.delivery_mode) for row in live)
    return Facts(
        enrollment_id=enrollment.enrollment_id,
        version_id=enrollment.version_id,
        is_open=enrollment.status in IN_TRAINING,
        hours=version.hours,
        balance=balance(parts, version.hours),
        entries={module_id: tuple(ids) for module_id, ids in entries.items()},
        module_days=days,
        gates=gates,
        waivers=waivers,
        first_day=min((row.on for row in live), default=None),
    )


def _certificate_name(enrollment: EnrollmentFacts) -> Requirement:
    """Confirming a name is no training: its day never moves the day of completion."""
    confirmation = enrollment.name_confirmation_id
    evidence = (confirmation,) if confirmation else ()
    return Requirement(RequirementKind.CERTIFICATE_NAME, "", 1, len(evidence), evidence)
