"""How the codes of tests read on a page."""

from flask_babel import lazy_gettext as _l

from advocates.sittings.rules.timing import Availability, FinishWay, StartProblem

START_PROBLEMS = {
    StartProblem.NOT_YET_OPEN: _l("This test is not open yet."),
    StartProblem.CLOSED: _l("This test is closed. Ask your trainer whether it opens again."),
    StartProblem.PASSED: _l("You passed this test. There is nothing left to do."),
    StartProblem.TAKEN: _l("You took this test. It is taken once and nobody fails it."),
    StartProblem.NO_ATTEMPT_LEFT: _l("You have no attempt left. An administrator can grant another: ask your trainer."),
    StartProblem.WAITS_FOR_GRADING: _l("Your last attempt is still being graded. Wait for its result."),
    StartProblem.WAIT: _l("It is too early for another try."),
}
AVAILABILITY = {
    Availability.TO_COME: _l("Still to come"),
    Availability.OPEN: _l("Open"),
    Availability.CLOSED: _l("Closed"),
}
FINISH_WAYS = {
    FinishWay.SENT: _l("You sent it."),
    FinishWay.TIME: _l("The time ended. Everything that was saved by then counts."),
    FinishWay.CLOSED: _l("The test was closed. Everything that was saved by then counts."),
}
