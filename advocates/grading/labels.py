"""How the problems of grades and the remarks about questions read, each with what to do."""

from flask_babel import lazy_gettext as _l

from advocates.sittings.rules.analysis import Remark
from advocates.sittings.rules.grading import GradeProblem

GRADE_PROBLEMS = {
    GradeProblem.OWN_WORK: _l("Nobody grades their own answer."),
    GradeProblem.NOT_AN_ESSAY: _l("This answer is not graded by a person."),
    GradeProblem.GRADED_BEFORE: _l("A colleague graded this answer meanwhile. It stands; yours was not saved."),
    GradeProblem.SAME_GRADER: _l("You graded this answer before. A second look is somebody else’s."),
    GradeProblem.LINES_MISSING: _l("Give points for each line."),
    GradeProblem.MORE_THAN_LINE: _l("A line has more points than it can give."),
}
REMARKS = {
    Remark.TOO_HARD: _l("Few got it right. Check what is marked as right, and whether it was taught."),
    Remark.TOO_EASY: _l("Nearly everybody got it right. It tells little; a harder one would tell more."),
    Remark.WEAK: _l("It hardly tells who knows the matter. Read its wording again."),
    Remark.NEGATIVE: _l("Who did well elsewhere got it wrong. What is marked as right may be wrong: check that first."),
}
