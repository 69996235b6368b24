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


class CreditReason(StrEnum):
    SIGNED_OFF = "session_signed_off"
    CORRECTED = "mark_corrected"


_LABELS = {
    CorrectionReason.TYPED_WRONG: N_("It was entered wrong"),
    CorrectionReason.PAPER_SAYS_OTHERWISE: N_("The signed paper sheet says otherwise"),
    CorrectionReason.TRAINEE_ASKED: N_("The trainee asked, and it was checked"),
    CorrectionReason.OTHER_TRAINER_SAW: N_("Another trainer saw it"),
    CorrectionReason.ADDED_LATE: N_("The person was added to the session late"),
}
