"""Everything that a trainee's pages show of an enrollment, for any number of them in eight statements."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select

from advocates import clock
from advocates.assessments.queries import assessment_facts
from advocates.attendance.queries import Ahead, LedgerRow, SessionToCome, awaiting_and_upcoming, ledger_rows
from advocates.attendance.queries.facts import as_delivered
from advocates.attendance.rules.ways import Way
from advocates.cohorts.models import Cohort, Enrollment, Placement
from advocates.cohorts.rules import EnrollmentStatus
from advocates.credentials.eligibility import IN_TRAINING, verdict_on
from advocates.credentials.models import Credential, CredentialState, Waiver, WaiverState
from advocates.credentials.queries import EnrollmentFacts
from advocates.credentials.rules import Eligibility, Requirement, RequirementKind
from advocates.curriculum.delivery import DeliveryMode
from advocates.curriculum.rules import MakeUpRoute
from advocates.database import db
from advocates.equivalence.queries import has_transfer, links_of
from advocates.hours.queries import VersionTerms, version_terms
from advocates.hours.rules import Part, Slice, VersionHours, intersect, taught_parts
from advocates.overview.queries.bounds import terms_of, window_ends_on
from advocates.overview.rules import (
    Evidence,
    Gap,
    Offer,
    Outlook,
    Prospect,
    Reach,
    Situation,
    Step,
    look_ahead,
    prospect_of,
    steps_of,
)
from advocates.people.models import NameConfirmation, PersonProfile

TOLD_IN_FIGURES = frozenset({RequirementKind.CONTACT_MINUTES, RequirementKind.MODULE})


@dataclass(frozen=True)
class Journey:
    """An enrollment with the cohort of its open or last placement, and its award: in force, else the last revoked.

    `waived` are approved waivers by the key of what they waive.
    """

    enrollment: Enrollment
    cohort: Cohort
    award_id: uuid.UUID | None
    award_state: CredentialState | None
    name_confirmation_id: uuid.UUID | None
    has_transfer: bool
    waived: Mapping[str, uuid.UUID]

    @property
    def is_in_training(self) -> bool:
        return self.enrollment.status in IN_TRAINING

    @property
    def credential_id(self) -> uuid.UUID | None:
        """The award in force."""
        return self.award_id if self.award_state is CredentialState.IN_FORCE else None

    @property
    def revoked_id(self) -> uuid.UUID | None:
        """The last revoked award where none is in force."""
        return self.award_id if self.award_state is CredentialState.REVOKED else None

    @property
    def facts(self) -> EnrollmentFacts:
        enrollment = self.enrollment
        return EnrollmentFacts(
            enrollment.id,
            enrollment.curriculum_version_id,
            enrollment.status,
            self.name_confirmation_id,
            self.has_transfer,
        )


@dataclass(frozen=True)
class Progress:
    """Where one enrollment stands, and every ledger entry behind it. `sessions` are to come, by time.

    `prospect` is what that says without make-ups and other cohorts' sessions, but for the seats booked there: the page
    of the ways knows more.
    """

    journey: Journey
    terms: VersionTerms
    verdict: Eligibility
    outlook: Outlook
    sessions: Sequence[SessionToCome]
    ledger: Sequence[LedgerRow]
    prospect: Prospect

    @property
    def is_fixable_here(self) -> bool:
        """Whether equivalent activities could stand in for all that has no place."""
        return self.prospect.reach is Reach.AT_RISK

    @property
    def is_fix_sure(self) -> bool:
        """Not where minutes are limited: how many are made up already is not read here."""
        limits = self.terms.rules.make_up_limits
        return self.is_fixable_here and limits.most_minutes is None and not limits.most_minutes_by_route

    @property
    def booked(self) -> Sequence[SessionToCome]:
        """Seats at other cohorts' sessions, to make something up."""
        return [session for session in self.sessions if session.is_booked]

    def seats_for(self, gap: Gap) -> Sequence[SessionToCome]:
        """Those of them where something is taught that the cohort's sessions do not bring."""
        return booked_for(gap, self.booked, self.terms.hours)

    @property
    def steps(self) -> tuple[Step, ...]:
        return steps_of(self.verdict.requirements)

    @property
    def gates(self) -> Sequence[Requirement]:
        """What is asked for besides the minutes of the modules; the enrollment itself only where it is not open."""
        shown = (each for each in self.verdict.requirements if each.kind not in TOLD_IN_FIGURES)
        return [each for each in shown if each.kind is not RequirementKind.ENROLLMENT or not each.is_met]

    @property
    def next_session(self) -> SessionToCome | None:
        return self.sessions[0] if self.sessions else None

    def gap(self, module_id: uuid.UUID) -> Gap | None:
        """What is missing of a module, None where nothing is."""
        return next((gap for gap in self.outlook.gaps if gap.module_id == module_id), None)

    def session(self, session_id: uuid.UUID) -> SessionToCome:
        return next(session for session in self.sessions if session.session_id == session_id)


def own_progress(person_id: uuid.UUID) -> Sequence[Progress]:
    """Every enrollment of one person, those in training first, then the newest. Nine statements, one without any."""
    found = _progress(_journeys(Enrollment.person_id == person_id))
    return sorted(found, key=lambda each: (_place(each.journey), -each.journey.enrollment.id.int))


def progress_of(enrollment_id: uuid.UUID) -> Progress:
    """One enrollment that exists. Nine statements."""
    return _progress(_journeys(Enrollment.id == enrollment_id))[0]


def _place(journey: Journey) -> int:
    statuses = (EnrollmentStatus.ENROLLED, EnrollmentStatus.COMPLETED)
    return statuses.index(journey.enrollment.status) if journey.is_in_training else len(statuses)


def _progress(journeys: Sequence[Journey]) -> Sequence[Progress]:
    if not journeys:
        return []
    ids = [journey.enrollment.id for journey in journeys]
    terms = version_terms({journey.enrollment.curriculum_version_id for journey in journeys})
    version = {journey.enrollment.id: terms[journey.enrollment.curriculum_version_id] for journey in journeys}
    links = links_of([journey.enrollment.id for journey in journeys if journey.has_transfer])
    assessments, ledgers = assessment_facts(ids, links), ledger_rows(ids)
    ahead = awaiting_and_upcoming({key: terms.hours for key, terms in version.items()}, links)
    found = []
    for journey in journeys:
        key = journey.enrollment.id
        verdict = verdict_on(journey.facts, version[key], assessments[key], ledgers[key], journey.waived)
        live = live_parts(ledgers[key])
        outlook = look_ahead(verdict.facts.balance, live, evidence_of(ahead[key]), version[key].hours)
        prospect = _prospect(journey, version[key], outlook, ahead[key], ledgers[key])
        found.append(Progress(journey, version[key], verdict, outlook, ahead[key].sessions, ledgers[key], prospect))
    return found


def _prospect(
    journey: Journey, version: VersionTerms, outlook: Outlook, ahead: Ahead, ledger: Sequence[LedgerRow]
) -> Prospect:
    enrollment, today = journey.enrollment, clock.today(journey.cohort.time_zone)
    began_at = enrollment.enrolled_at or enrollment.created_at
    ends = window_ends_on(version, ledger)
    situation = Situation(
        live=live_parts(ledger),
        evidence=evidence_of(ahead),
        claimed=booked_parts(ahead.sessions, version.hours, ends),
        ways=[activities_of(version, today)],
        terms=terms_of(version, ahead.held, began_at.astimezone(ZoneInfo(journey.cohort.time_zone)).date()),
        today=today,
        window_ends_on=ends,
    )
    return prospect_of(outlook, situation)


def booked_parts(sessions: Iterable[SessionToCome], hours: VersionHours, ends: date | None) -> Sequence[Part]:
    """What is taught where a seat is booked to make something up, until the completion window ends."""
    return [
        part
        for session in sessions
        if session.is_booked and (ends is None or session.on <= ends)
        for part in taught_in(session, hours)
    ]


def booked_for(gap: Gap, booked: Iterable[SessionToCome], hours: VersionHours) -> Sequence[SessionToCome]:
    """The seats booked where something is taught of what no session of the cohort brings."""
    return [session for session in booked if brought_to(gap, session, hours)]


def brought_to(gap: Gap, session: SessionToCome, hours: VersionHours) -> Sequence[Slice]:
    """What a session elsewhere teaches of it."""
    taught = [part.slice for part in taught_in(session, hours) if part.module_id == gap.module_id]
    return intersect([*gap.missed, *gap.unplanned], taught)


def taught_in(session: SessionToCome, hours: VersionHours) -> Sequence[Part]:
    """All that it teaches of the version, by its plan."""
    return hours.earning(taught_parts(as_delivered(session.segments), hours.module_minutes))


def activities_of(version: VersionTerms, today: date) -> Way:
    """Equivalent activities from today on, of every module that has one, where the version has such a route."""
    is_open = MakeUpRoute.EQUIVALENT_ACTIVITY in version.rules.make_up_routes
    minutes = version.hours.module_minutes
    parts = (
        Part(module_id, 0, minutes[module_id], DeliveryMode.EQUIVALENT_ACTIVITY)
        for module_id in (version.activities if is_open else ())
    )
    return Way(MakeUpRoute.EQUIVALENT_ACTIVITY, today, tuple(parts))


def evidence_of(ahead: Ahead) -> Evidence:
    offers = tuple(Offer(session.session_id, session.parts, session.on) for session in ahead.sessions)
    return Evidence(ahead.awaiting, ahead.unconfirmed, offers, ahead.taught)


def live_parts(ledger: Iterable[LedgerRow]) -> Sequence[Part]:
    """What the entries that stand credit."""
    return [Part(row.module_id, row.from_minute, row.to_minute, row.delivery_mode) for row in ledger if row.is_live]


def _journeys(wanted: ColumnElement[bool]) -> Sequence[Journey]:
    """One statement; a row for each placement, award, waiver and confirmation of a name, of which there are few."""
    rows = db.session.execute(
        select(
            Enrollment,
            Cohort,
            Credential.id,
            Credential.state,
            NameConfirmation.id,
            has_transfer(Enrollment.id),
            Waiver.requirement,
            Waiver.id,
        )
        .join(PersonProfile, PersonProfile.person_id == Enrollment.person_id)
        .join(Placement, Placement.enrollment_id == Enrollment.id)
        .join(Cohort, Cohort.id == Placement.cohort_id)
        .outerjoin(
            Credential,
            (Credential.enrollment_id == Enrollment.id)
            & Credential.state.in_([CredentialState.IN_FORCE, CredentialState.REVOKED]),
        )
        .outerjoin(
            NameConfirmation,
            (NameConfirmation.person_id == Enrollment.person_id)
            & (NameConfirmation.name == PersonProfile.certificate_name),
        )
        .outerjoin(Waiver, (Waiver.enrollment_id == Enrollment.id) & (Waiver.state == WaiverState.APPROVED))
        .where(wanted)
        .order_by(
            Enrollment.id,
            Placement.ended_at.is_not(None),
            Placement.started_at.desc(),
            Placement.id.desc(),
            Credential.ended_at.is_not(None),
            Credential.id.desc(),
            NameConfirmation.confirmed_at.desc(),
            NameConfirmation.id.desc(),
        )
    )
    return [_journey(list(group)) for _id, group in groupby(rows, key=lambda row: row[0].id)]


def _journey(rows: Sequence[Any]) -> Journey:
    """What the rows of one enrollment say; the first is the one that counts."""
    waived = {requirement: waiver_id for *_others, requirement, waiver_id in rows if requirement is not None}
    enrollment, cohort, award_id, award_state, confirmation_id, has_moved, *_waiver = rows[0]
    return Journey(enrollment, cohort, award_id, award_state, confirmation_id, has_moved, waived)
