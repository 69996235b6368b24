"""Why a mark was corrected after sign-off, and why credit was posted: codes, never free text."""

from enum import StrEnum

from .clock import N_


class CorrectionReason(StrEnum):
    TYPED_WRONG = "typed_wrong"
    PAPER_SAYS_OTHERWISE = "paper_says_otherwise"
    TRAINEE_ASKED = "trainee_asked"
    OTHER_TRAINER_SAW = "other_trainer_saw"
    ADDED_LATE = "added_late"

    @property
    def label(self) -> str:
        """English, for the view to translate."""
        return _LABELS[self]


class ReopenReason(StrEnum):
    TIMES_WRONG = "times_wrong"
    MARKS_WRONG = "marks_wrong"
    SIGNED_TOO_EARLY = "signed_too_early"
    AGENDA_WRONG = "agenda_wrong"

    @property
    def label(self) -> str:
        """English, for the view to translate."""
        return _REOPENED[self]


class CreditReason(StrEnum):
    SIGNED_OFF = "session_signed_off"
    CORRECTED = "mark_corrected"
    REOPENED = "session_reopened"


_LABELS = {
    CorrectionReason.TYPED_WRONG: N_("It was entered wrong"),
    CorrectionReason.PAPER_SAYS_OTHERWISE: N_("The signed paper sheet says otherwise"),
    CorrectionReason.TRAINEE_ASKED: N_("The trainee asked, and it was checked"),
    CorrectionReason.OTHER_TRAINER_SAW: N_("Another trainer saw it"),
    CorrectionReason.ADDED_LATE: N_("The person was added to the session late"),
}
_REOPENED = {
    ReopenReason.TIMES_WRONG: N_("The times of its parts are wrong"),
    ReopenReason.MARKS_WRONG: N_("Several people are recorded wrong"),
    ReopenReason.SIGNED_TOO_EARLY: N_("It was signed off too early"),
    ReopenReason.AGENDA_WRONG: N_("It taught something else than its agenda says"),
}
