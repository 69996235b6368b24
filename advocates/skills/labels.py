"""How the codes of skills read on a page."""

from flask_babel import lazy_gettext as _l

from advocates.skills.rules import Outcome, Problem, RubricProblem, State

OUTCOME_LABELS = {Outcome.DONE: _l("Done"), Outcome.NOT_YET: _l("Not yet")}
STATE_LABELS = {
    State.NOT_SEEN: _l("not seen yet"),
    State.NOT_YET: _l("another try"),
    State.TAKEN_BACK: _l("to be seen again"),
    State.SIGNED: _l("signed"),
}
STATE_KINDS = {State.NOT_SEEN: "plain", State.NOT_YET: "plain", State.TAKEN_BACK: "plain", State.SIGNED: "good"}
PROBLEMS = {
    Problem.OUTCOME_MISSING: _l("Choose Done or Not yet."),
    Problem.DAY_MISSING: _l("Say on which day you saw it."),
    Problem.DAY_TO_COME: _l("This day is still to come."),
    Problem.UNKNOWN_CRITERION: _l("This rubric has changed. Reload the page and tick again."),
    Problem.CRITERIA_MISSING: _l("Done needs every criterion that is not optional. Tick them, or choose Not yet."),
    Problem.NEXT_TRY_PAST: _l("The next try cannot be in the past."),
    Problem.NOT_AUTHORIZED: _l("You were not authorized to sign this skill on that day. Ask an administrator."),
    Problem.OWN: _l("Nobody signs for themself. Another trainer does."),
    Problem.NO_RUBRIC: _l("This rubric is not the skill's. Reload the page and tick again."),
    Problem.SIGNED_ALREADY: _l("This skill is signed. Take the signature back first if it does not hold."),
    Problem.NOT_ENROLLED: _l("This person is not in training here any more."),
}
# The field that a problem stands at; the others are about the whole form.
FIELDS = {
    Problem.DAY_MISSING: "observed_on",
    Problem.DAY_TO_COME: "observed_on",
    Problem.NOT_AUTHORIZED: "observed_on",
    Problem.UNKNOWN_CRITERION: "met",
    Problem.CRITERIA_MISSING: "met",
    Problem.NEXT_TRY_PAST: "next_try_on",
}
RUBRIC_PROBLEMS = {
    RubricProblem.NONE_REQUIRED: _l("Type at least one criterion."),
    RubricProblem.TOO_MANY: _l("Use at most 12 criteria in all: they are read on a phone."),
    RubricProblem.TOO_LONG: _l("Use at most 200 characters a criterion."),
    RubricProblem.TWICE: _l("A criterion stands here twice."),
}
