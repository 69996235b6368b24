"""A trainer's and an administrator's first screen, each gathered in a fixed number of statements."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from advocates import clock
from advocates.attendance.making_up import may_decide
from advocates.attendance.queries.make_ups import waiting_make_ups
from advocates.cohorts.queries import CohortRow, list_cohorts
from advocates.overview.queries.duties import (
    Applications,
    CohortCount,
    Foundations,
    SessionLine,
    Taught,
    agendas,
    applications,
    failed_mails,
    foundations,
    not_scheduled,
    open_sessions,
    waiting_waivers,
)
from advocates.overview.queries.risk import AtRisk, people_at_risk
from advocates.schedule.rules import SessionState

AHEAD = timedelta(days=7)


@dataclass(frozen=True)
class Sessions:
    """Sessions of the week that are not signed off, and those from before that still wait for it."""

    today: Sequence[SessionLine]
    overdue: Sequence[SessionLine]
    coming: Sequence[SessionLine]


@dataclass(frozen=True)
class TrainerDesk:
    """`decidable` are make-ups on which this person may decide; on the others somebody else does."""

    sessions: Sessions
    agendas: Mapping[uuid.UUID, Sequence[Taught]]
    decidable: int
    undecidable: int
    at_risk: Sequence[AtRisk]
    cohorts: Sequence[CohortRow]

    @property
    def cohorts_at_risk(self) -> Sequence[tuple[uuid.UUID, str]]:
        """Those of the people at risk, each once."""
        return list(dict.fromkeys((person.cohort_id, person.cohort) for person in self.at_risk))


@dataclass(frozen=True)
class AdministratorDesk:
    foundations: Foundations
    sessions: Sessions
    make_ups: int
    waivers: Sequence[CohortCount]
    not_scheduled: Sequence[CohortCount]
    applications: Sequence[Applications]
    failed_mails: int
    cohorts: Sequence[CohortRow]

    @property
    def has_matters(self) -> bool:
        """Whether anything needs attention."""
        waits = (self.sessions.overdue, self.make_ups, self.waivers, self.not_scheduled, self.applications)
        return any(waits) or self.failed_mails > 0


def trainer_desk(person_id: uuid.UUID, cohort_ids: Collection[uuid.UUID]) -> TrainerDesk:
    """Eleven statements."""
    sessions = _sessions(cohort_ids)
    waiting = waiting_make_ups(cohort_ids)
    decidable = sum(may_decide(person_id, row.make_up, row.person_id) for row in waiting)
    return TrainerDesk(
        sessions=sessions,
        agendas=agendas([line.id for line in (*sessions.today, *sessions.coming)]),
        decidable=decidable,
        undecidable=len(waiting) - decidable,
        at_risk=people_at_risk(cohort_ids),
        cohorts=list_cohorts(cohort_ids),
    )


def administrator_desk() -> AdministratorDesk:
    """Ten statements."""
    return AdministratorDesk(
        foundations=foundations(),
        sessions=_sessions(None),
        make_ups=len(waiting_make_ups(None)),
        waivers=waiting_waivers(),
        not_scheduled=not_scheduled(),
        applications=applications(),
        failed_mails=failed_mails(),
        cohorts=sorted(_not_ended(list_cohorts(None)), key=lambda row: row.cohort.starts_on),
    )


def _not_ended(rows: Iterable[CohortRow]) -> Iterable[CohortRow]:
    return (row for row in rows if row.cohort.ends_on >= clock.today(row.cohort.time_zone))


def _sessions(cohort_ids: Collection[uuid.UUID] | None) -> Sessions:
    lines = open_sessions(cohort_ids, clock.now() + AHEAD)
    return Sessions(
        today=[line for line in lines if line.state is SessionState.TODAY],
        overdue=[line for line in lines if line.state is SessionState.AWAITING_SIGN_OFF],
        coming=[line for line in lines if line.state is SessionState.PLANNED],
    )
