"""What people said of the training: a session that seven answered, one that three did, the pilot's end, and its use."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Select, select

from advocates import clock
from advocates.database import db
from advocates.demo import stage, stories
from advocates.demo.stage import Company, Staff
from advocates.evaluations.answering import answer
from advocates.evaluations.closing import close_round
from advocates.evaluations.inviting import ask_supervisor
from advocates.evaluations.models import SurveyInvitation, SurveyRound
from advocates.evaluations.opening import About, open_round, set_plan, stored_plan
from advocates.evaluations.queries import find_own_asked
from advocates.evaluations.rules import SurveyKind
from advocates.seen import Seen

WORDS = (
    "The role-plays in small groups.",
    "Time to ask questions.",
    "The list of whom to call at night.",
    "Hearing how the courts work from somebody who is there every day.",
    "The examples.",
    "Practice with the safety plan.",
    "That nobody had to speak.",
    "Meeting the others.",
)
WISHES = ("More breaks.", "Shorter slides.", "More practice, less reading.", "Nothing.", "Start later.", "Warmth.")


def tell_asked(staff: Staff, pilot: Company, current: Company, today: date) -> None:
    """One survey is open for whoever tries the demo as a trainee, and one for the graduates."""
    after = stories.PILOT_GRADUATES + timedelta(days=1)
    _ask(pilot, About(SurveyKind.END), stage.noon(after), 8, closes=stage.noon(after + timedelta(days=14)))
    over = [session for session in stage.sessions_of(current) if session.signed_off_at is not None]
    for session, number in zip(over, (7, 3), strict=False):
        closes = min(session.planned_end + timedelta(days=7), stage.noon(today))
        _ask(current, About(SurveyKind.SESSION, session.id), session.planned_end, number, closes=closes)
    _ask(current, About(SurveyKind.SESSION, over[-1].id), over[-1].planned_end, 2)
    with clock.at(stage.noon(today)):
        administrator, before = staff.administrator.person_id, stored_plan(current.cohort)
        set_plan(administrator, current.cohort, {**before, "after_sessions": False}, Seen.of(before))
    earlier = stage.noon(today - timedelta(days=3))
    _ask(pilot, About(SurveyKind.FOLLOW_UP_GRADUATE), earlier, 0)
    with clock.at(earlier):
        supervisors = open_round(administrator, pilot.cohort.id, About(SurveyKind.FOLLOW_UP_SUPERVISOR))
        graduate = db.session.scalars(_invited(pilot)).first()
        assert graduate is not None  # noqa: S101
        ask_supervisor(administrator, supervisors.id, graduate.person_id, "team.lead@example.org")
    db.session.commit()


def _ask(company: Company, about: About, opens: datetime, answers: int, closes: datetime | None = None) -> None:
    """The last of those asked answer, one after another."""
    with clock.at(opens):
        round_ = open_round(None, company.cohort.id, about)
        invitations: Sequence[SurveyInvitation] = db.session.scalars(
            select(SurveyInvitation).filter_by(round_id=round_.id).order_by(SurveyInvitation.id.desc()).limit(answers)
        ).all()
        for number, invitation in enumerate(invitations):
            asked = find_own_asked(invitation.id, invitation.person_id)
            assert asked is not None  # noqa: S101
            answer(asked, _answers(about.kind, number))
    if closes is not None:
        with clock.at(closes):
            close_round(None, round_.id)


def _answers(kind: SurveyKind, number: int) -> dict[str, str]:
    ratings = {f"q{n}": str((5, 4, 4, 5, 3)[(number + n) % 5]) for n in (1, 2, 3)}
    if kind is SurveyKind.SESSION:
        rest = {"q4": str((2, 2, 3)[number % 3]), "q5": WORDS[number % 8]}
        return ratings | rest | ({"q6": WISHES[number]} if number < 4 else {})
    ratings |= {f"q{n}": str((4, 5, 4, 2, 5)[(number + n) % 5]) for n in (4, 5, 6)}
    return ratings | {"q7": "2", "q8": "yes" if number else "no", "q9": WORDS[number % 8], "q10": WISHES[number % 6]}


def _invited(company: Company) -> Select[SurveyInvitation]:
    rounds = select(SurveyRound.id).filter_by(cohort_id=company.cohort.id, kind=SurveyKind.FOLLOW_UP_GRADUATE)
    return select(SurveyInvitation).where(SurveyInvitation.round_id.in_(rounds)).order_by(SurveyInvitation.id)
