"""What the demo's stories share: staff, a published curriculum, cohorts laid out and filled, all by real activities."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select, update

from advocates import clock
from advocates.access import Actor, Role
from advocates.admissions.applying import Applicant, apply
from advocates.admissions.deciding import Decision, decide
from advocates.admissions.opening import set_quotas, set_terms
from advocates.admissions.queries import current_consent, seekers
from advocates.admissions.rules import Terms, TermsDraft
from advocates.assessments.agreement_queries import current_texts
from advocates.assessments.grading import record_scores
from advocates.assessments.rules import AssessmentKind, Score
from advocates.assessments.signing import sign_agreement
from advocates.attendance.marking import Entry, mark_attendance
from advocates.attendance.rules import Typed
from advocates.attendance.signing_off import sign_off
from advocates.cohorts.enrolling import enroll_newcomers
from advocates.cohorts.models import Cohort, Enrollment
from advocates.cohorts.planning import CohortDraft, create_cohort
from advocates.cohorts.rules import Line, Newcomer
from advocates.cohorts.staffing import assign_trainers
from advocates.database import db, new_id
from advocates.demo import cast
from advocates.messages.models import MailKind, OutboxMessage
from advocates.people.confirming_names import confirm_certificate_name
from advocates.people.granting import grant_role
from advocates.people.models import Account, Agency, PersonProfile
from advocates.people.registering import PersonDraft, add_person
from advocates.schedule.models import TrainingSession
from advocates.schedule.planning import Wish, plan_layout
from advocates.schedule.scheduling import Placing, lay_out_sessions
from advocates.seen import Seen
from advocates.skills.observing import Entry as SkillEntry
from advocates.skills.observing import Skill, observe
from advocates.skills.queries import rubrics_of
from advocates.skills.rules import Observed
from advocates.skills.rules import Outcome as SkillOutcome

ZONE = "America/Chicago"
PLACE = "Malcolm X College, room 1104"


@dataclass(frozen=True)
class Staff:
    """The people who run the program, as actors."""

    administrators: tuple[Actor, ...]
    trainers: tuple[Actor, ...]
    auditor: Actor
    version_id: uuid.UUID
    skills: tuple[str, ...]

    @property
    def administrator(self) -> Actor:
        return self.administrators[0]

    @property
    def trainer(self) -> Actor:
        return self.trainers[0]


@dataclass(frozen=True)
class Company:
    """A cohort and its people: enrollment ids in the order of the cast."""

    cohort: Cohort
    trainees: Sequence[cast.Trainee]
    enrollment_ids: Sequence[uuid.UUID]


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), ZoneInfo(ZONE)).astimezone(UTC)


def hire(administrator_id: uuid.UUID | None, name: str, email: str, role: Role) -> Actor:
    """A member of staff with an account and the role everywhere (an auditor's is given by cohort)."""
    person_id = add_person_as(administrator_id, name, email)
    if role is not Role.AUDITOR:
        grant_role(administrator_id, person_id, role)
    return Actor(person_id, name, new_id(), frozenset({role}))


def add_person_as(actor_id: uuid.UUID | None, name: str, email: str) -> uuid.UUID:
    return add_person(actor_id, PersonDraft(chosen_name=name, email=email))


def give_passwords(password_hash: str) -> None:
    """Everybody in the demo signs in with the one demo password."""
    db.session.execute(update(Account).values(password_hash=password_hash))


def drop_mails() -> None:
    """What the demo queued is never sent. Reminders are a running worker's, which may be sending them just now."""
    db.session.execute(delete(OutboxMessage).where(OutboxMessage.kind != MailKind.REMINDER))


def open_cohort(
    staff: Staff, draft: CohortDraft, wish: Wish, trainees: Sequence[cast.Trainee], placing: Placing | None = None
) -> Company:
    """A cohort with its trainers, its sessions and its people."""
    administrator = staff.administrator.person_id
    cohort = create_cohort(administrator, draft)
    assign_trainers(administrator, cohort.id, [trainer.person_id for trainer in staff.trainers])
    digest = plan_layout(cohort, wish).digest
    lay_out_sessions(administrator, cohort.id, wish, placing or Placing(draft.place), shown=digest)
    lines = [
        Line(number, Newcomer(trainee.name, _email(cohort, number), trainee.agency, trainee.pronunciation))
        for number, trainee in enumerate(trainees, 1)
    ]
    enrolled = enroll_newcomers(administrator, cohort.id, lines)
    # Nobody in the demo has a mailbox: their invitations are gone before a worker can see them.
    drop_mails()
    return Company(cohort, trainees, tuple(enrolled.enrollment_ids))


def sessions_of(company: Company) -> Sequence[TrainingSession]:
    mine = select(TrainingSession).filter_by(cohort_id=company.cohort.id).order_by(TrainingSession.planned_start)
    return db.session.scalars(mine).all()


def hold(
    company: Company,
    session: TrainingSession,
    trainer: Actor,
    exceptions: Mapping[int, Typed],
    *,
    ended: str = "",
    is_signed_off: bool = True,
) -> None:
    """Everyone is here, then the exceptions (by place in the cast); then the trainer signs off."""
    entries = [Entry(company.enrollment_ids[place], 0, new_id(), typed) for place, typed in exceptions.items()]
    with clock.at(session.planned_end):
        mark_attendance(trainer.person_id, session.id, entries, fills_unmarked=True).or_refuse()
        if is_signed_off:
            sign_off(trainer.person_id, session.id, session.agenda_version, {}, ended)


def sit_test(company: Company, trainer: Actor, kind: AssessmentKind, day: date, scores: Mapping[int, int]) -> None:
    """Scores out of 50 by place in the cast, each as the first attempt."""
    sheet = [Score(company.enrollment_ids[place], 1, score) for place, score in scores.items()]
    record_scores(trainer, company.cohort, kind, 50, day, sheet)


def see_skills(company: Company, staff: Staff, day: date, places: Sequence[int]) -> None:
    """Each of these did every skill."""
    for skill in staff.skills:
        see_skill(company, staff, day, skill, dict.fromkeys(places, ()))


def see_skill(
    company: Company,
    staff: Staff,
    day: date,
    skill: str,
    missing: Mapping[int, Collection[int]],
    next_try_on: date | None = None,
) -> None:
    """By place in the cast, which criteria were not seen; who lacks any tries again on that day."""
    rubric = rubrics_of([staff.version_id])[staff.version_id, skill][0]
    entries = []
    for place, lacking in missing.items():
        met = frozenset(range(len(rubric.criteria))) - set(lacking)
        outcome = SkillOutcome.NOT_YET if lacking else SkillOutcome.DONE
        said = Observed(outcome, met, day, next_try_on if lacking else None)
        entries.append(SkillEntry(company.enrollment_ids[place], 0, new_id(), rubric.id, said))
    saved = observe(staff.trainer, company.cohort, Skill(staff.version_id, skill), entries)
    assert len(saved.stored) == len(entries), saved.refused  # noqa: S101


def sign_and_confirm(company: Company, places: Sequence[int]) -> None:
    """Each signs the agreements on screen and confirms the name to be printed."""
    texts = list(current_texts().values())
    for place in places:
        trainee = company.trainees[place]
        enrollment = db.session.get_one(Enrollment, company.enrollment_ids[place])
        actor = Actor(enrollment.person_id, trainee.name, new_id(), frozenset({Role.TRAINEE}))
        for text in texts:
            sign_agreement(actor, text, trainee.name)
        confirm_certificate_name(db.session.get_one(PersonProfile, enrollment.person_id), trainee.printed)


def take_applications(staff: Staff, cohort: Cohort, last_day: date, agency: str) -> None:
    """Open the public page up to a last day; the agency may fill two of the seats."""
    terms = TermsDraft(True, None, last_day, needs_approval=True, offers_by_itself=True, offer_hours=72)
    seen = Seen.of(asdict(TermsDraft.of(Terms(), cohort.time_zone)))
    set_terms(staff.administrator.person_id, cohort.id, terms, seen)
    agency_id = db.session.scalars(select(Agency.id).filter_by(name=agency)).one()
    set_quotas(staff.administrator.person_id, cohort.id, {agency_id: 2})


def apply_for(cohort: Cohort, trainee: cast.Trainee, number: int) -> None:
    """As on the public page. Nobody in the demo has a mailbox."""
    agency_id = db.session.scalars(select(Agency.id).filter_by(name=trainee.agency)).one()
    consent = current_consent()
    assert consent is not None  # noqa: S101
    apply(cohort.id, Applicant(trainee.name, _email(cohort, number), agency_id, "en"), consent.id, [])
    drop_mails()


def approve(staff: Staff, cohort: Cohort, names: Collection[str]) -> None:
    """A seat for as many as there are, the waitlist for the others."""
    chosen = [each.enrollment_id for each in seekers(cohort.id) if each.chosen_name in names]
    decide(staff.administrator.person_id, cohort.id, chosen, Decision.OFFER)
    drop_mails()


def _email(cohort: Cohort, number: int) -> str:
    return f"trainee{number}.{cohort.starts_on:%Y%m}@example.org"
