"""Three cohorts: one that graduated in December 2024, one in the middle of its training, and one to come."""

from datetime import date, time, timedelta

from advocates import clock
from advocates.assessments.rules import AssessmentKind
from advocates.attendance.correcting import correct_mark
from advocates.attendance.making_up import approve_make_up, propose_make_up
from advocates.attendance.proposing import Proposal
from advocates.attendance.queries.owing import load_owing
from advocates.attendance.rules import CorrectionReason, Outcome, Typed
from advocates.cohorts.planning import CohortDraft
from advocates.cohorts.queries import find_enrollment
from advocates.credentials.eligibility import assess_many
from advocates.credentials.issuing import issue_waiting, start_batch
from advocates.curriculum.delivery import DeliveryMode
from advocates.curriculum.queries import modules_of
from advocates.database import db
from advocates.demo import cast, stage, ways_in
from advocates.demo.stage import Company, Staff
from advocates.schedule.models import TrainingSession
from advocates.schedule.planning import Wish
from advocates.schedule.rules import Break, Meeting, Pattern, Preset, preset_pattern

PILOT_STARTS, PILOT_GRADUATES = date(2024, 11, 11), date(2024, 12, 20)
THANKSGIVING = frozenset({date(2024, 11, 28)})
IN_PERSON = DeliveryMode.IN_PERSON
EVIDENCE = "One-to-one review with the lead trainer; the summary is on file."
LATE, EARLY = Typed(arrived="5:55 pm"), Typed(left="8:05 pm")
LEFT = {1: "7:40 pm", 2: "3:30 pm"}  # the first of the cast, by session
OUT = Typed(absences=(("6:40 pm", "7:00 pm"),))
ABSENT, UNSURE = Typed(outcome=Outcome.ABSENT), Typed(outcome=Outcome.NOT_ESTABLISHED)


def tell_pilot(staff: Staff) -> Company:
    """Everybody came and passed, but one who still owes the post-test; certificates on graduation day."""
    draft = _draft(staff, "Pilot cohort, Fall 2024", PILOT_STARTS, PILOT_GRADUATES, 20)
    pattern = preset_pattern(Preset.EVENINGS_AND_SATURDAYS, PILOT_STARTS, stage.ZONE, THANKSGIVING)
    with clock.at(stage.noon(PILOT_STARTS - timedelta(days=14))):
        company = stage.open_cohort(staff, draft, Wish(pattern), cast.PILOT)
    for session in stage.sessions_of(company):
        stage.hold(company, session, staff.trainer, {})
    everybody = range(len(cast.PILOT))
    with clock.at(stage.noon(PILOT_GRADUATES - timedelta(days=3))):
        day = clock.today(stage.ZONE)
        stage.sit_test(
            company,
            staff.trainer,
            AssessmentKind.PRE_TEST,
            PILOT_STARTS + timedelta(days=1),
            {place: 18 + place for place in everybody},
        )
        passed = {place: 37 + place % 12 for place in everybody[:-1]}
        stage.sit_test(company, staff.trainer, AssessmentKind.POST_TEST, day, passed | {everybody[-1]: 31})
        stage.see_skills(company, staff, day, everybody)
        stage.sign_and_confirm(company, everybody)
    with clock.at(stage.noon(PILOT_GRADUATES)):
        verdicts = assess_many(company.enrollment_ids)
        start_batch(staff.administrator.person_id, company.cohort.id, verdicts)
        db.session.commit()
        issue_waiting()
    return company


def tell_current(staff: Staff, today: date) -> Company:
    """Two weeks in: lateness, absences, a correction, make-ups, two people at risk; a session is held today."""
    first = today - timedelta(days=14)
    draft = _draft(staff, f"{first:%B %Y} cohort", first, today + timedelta(days=14), 30)
    with clock.at(stage.noon(first - timedelta(days=10))):
        company = stage.open_cohort(staff, draft, Wish(_pattern(first)), cast.CURRENT)
    past = [session for session in stage.sessions_of(company) if session.planned_end < stage.noon(today)]
    for number, session in enumerate(past):
        is_evening = (session.planned_end - session.planned_start) < timedelta(hours=4)
        ended = "8:10 pm" if number == 1 else ""
        exceptions = _exceptions(number, is_evening)
        ways_in.mark_otherwise(company, staff, number, session, exceptions)
        stage.hold(
            company,
            session,
            staff.trainers[number % 2],
            exceptions,
            ended=ended,
            is_signed_off=session is not past[-1],
        )
    ways_in.disagree(company, staff, past[-1])
    with clock.at(stage.noon(today)):
        _correct(company, staff, past[0])
        _make_up(company, staff, today)
        stage.sit_test(company, staff.trainer, AssessmentKind.PRE_TEST, first, {p: 15 + p for p in range(22)})
        stage.sign_and_confirm(company, range(0, 20, 2))
        _role_play(company, staff, today)
        db.session.commit()
    return company


def tell_upcoming(staff: Staff, today: date) -> Company:
    """Open to applications: three are enrolled, one holds an offer, two wait, two are to be decided about."""
    first = today + timedelta(days=28)
    draft = _draft(staff, f"{first:%B %Y} cohort", first, first + timedelta(days=42), 4)
    pattern = preset_pattern(Preset.EVENINGS_AND_SATURDAYS, first, stage.ZONE)
    with clock.at(stage.noon(today - timedelta(days=9))):
        company = stage.open_cohort(staff, draft, Wish(pattern), cast.UPCOMING[:3])
        stage.take_applications(staff, company.cohort, first - timedelta(days=7), cast.HARBOR)
    for number, applicant in enumerate(cast.UPCOMING[3:], 4):
        with clock.at(stage.noon(today - timedelta(days=9 - number))):
            stage.apply_for(company.cohort, applicant, number)
    with clock.at(stage.noon(today)):
        stage.approve(staff, company.cohort, [applicant.name for applicant in cast.UPCOMING[3:6]])
        db.session.commit()
    return company


def _exceptions(number: int, is_evening: bool) -> dict[int, Typed]:
    """Who was not there throughout at the nth session, by place in the cast."""
    missing = {18: ABSENT} if number < 4 else {}
    if number in {1, 2, 3}:
        missing[22] = ABSENT
    if number in LEFT:
        missing[0] = Typed(left=LEFT[number])
    if not is_evening:
        return missing | {6: Typed(arrived="9:40 am"), 13: Typed(left="2:15 pm"), 9: UNSURE}
    return missing | {(number * 5) % 18: LATE, (number * 5 + 7) % 18: EARLY, (number * 3 + 2) % 18: OUT}


def _role_play(company: Company, staff: Staff, today: date) -> None:
    """Half of them showed the first two skills; two try one of them again next week."""
    first, second = staff.skills[:2]
    stage.see_skill(company, staff, today, first, dict.fromkeys(range(12), ()))
    seen = {place: (1, 3) if place in {0, 3} else () for place in range(6)}
    stage.see_skill(company, staff, today, second, seen, today + timedelta(days=7))


def _correct(company: Company, staff: Staff, session: TrainingSession) -> None:
    """The first evening's latecomer turned out to have been there from the beginning."""
    correct_mark(
        staff.administrator.person_id,
        session.id,
        company.enrollment_ids[0],
        1,
        Typed(outcome=Outcome.PRESENT),
        CorrectionReason.OTHER_TRAINER_SAW,
    )


def _make_up(company: Company, staff: Staff, today: date) -> None:
    """Two equivalent activities: one credited, one that waits for somebody to decide."""
    modules = modules_of(staff.version_id)
    offered = {module.module_id for module in modules if module.equivalent_activity}
    for place, is_approved in ((22, True), (18, False)):
        row = find_enrollment(company.enrollment_ids[place])
        assert row is not None  # noqa: S101
        debt = next(debt for debt in load_owing(row).debts if debt.module_id in offered)
        proposal = Proposal(debt.module_id, debt.minutes, None, today - timedelta(days=1), EVIDENCE)
        make_up_id = propose_make_up(staff.trainers[0].person_id, row, proposal)
        if is_approved:
            approve_make_up(staff.trainers[1].person_id, make_up_id)


def _pattern(first: date) -> Pattern:
    """Two evenings and a day a week, on the weekdays on which one of them falls on the demo's today."""
    evening = (time(17, 30), time(20, 30), IN_PERSON, (Break(time(19), time(19, 10)),))
    breaks = (Break(time(10, 30), time(10, 45)), Break(time(12), time(13)), Break(time(14, 45), time(15)))
    weekday = first.weekday()
    return Pattern(
        (
            Meeting(weekday, *evening),
            Meeting((weekday + 2) % 7, *evening),
            Meeting((weekday + 4) % 7, time(9), time(16, 30), IN_PERSON, breaks),
        ),
        first,
        None,
        stage.ZONE,
    )


def _draft(staff: Staff, title: str, starts_on: date, ends_on: date, capacity: int) -> CohortDraft:
    return CohortDraft(title, staff.version_id, stage.PLACE, stage.ZONE, starts_on, ends_on, capacity)
