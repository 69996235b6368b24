"""How the codes of tests and skills read on a page."""

from flask_babel import lazy_gettext as _l

from advocates.assessments.rules import AssessmentKind, FurtherAttemptReason, ScoreProblem, VoidReason

TEST_LABELS = {
    AssessmentKind.PRE_TEST: _l("Pre-test"),
    AssessmentKind.POST_TEST: _l("Post-test"),
}
VOID_LABELS = {
    VoidReason.WRONG_PERSON: _l("It belongs to somebody else"),
    VoidReason.TYPING_ERROR: _l("It was typed wrongly"),
    VoidReason.NOT_OBSERVED: _l("It did not take place as recorded"),
    VoidReason.IRREGULARITY: _l("The test or observation was not held by the rules"),
}
FURTHER_ATTEMPT_LABELS = {
    FurtherAttemptReason.INTERRUPTED: _l("An earlier attempt was interrupted"),
    FurtherAttemptReason.AFTER_COACHING: _l("Further coaching has taken place"),
    FurtherAttemptReason.PROGRAM_DECISION: _l("Decision of the program"),
}
SCORE_PROBLEMS = {
    ScoreProblem.NOT_ENROLLED: _l("This person is not in training in this cohort."),
    ScoreProblem.OWN_ENROLLMENT: _l("Nobody records their own score. Ask a colleague."),
    ScoreProblem.RECORDED_MEANWHILE: _l("A score was recorded in the meantime. Check what it says now."),
    ScoreProblem.MORE_THAN_QUESTIONS: _l("There are fewer questions than right answers."),
    ScoreProblem.TOO_FEW_QUESTIONS: _l("The curriculum asks for a post-test with more questions."),
    ScoreProblem.NO_ATTEMPT_LEFT: _l("No attempt is left."),
    ScoreProblem.REASON_NEEDED: _l("Choose the reason for a further attempt."),
}
