"""How the codes of moves and transfers read on a page."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from advocates.assessments.rules import Gate, GateKind
from advocates.curriculum.labels import AGREEMENT_LABELS
from advocates.curriculum.rules import Agreement
from advocates.transfers.rules import MoveReason, Refusal

REASON_LABELS = {
    MoveReason.OTHER_DATES: _l("Other dates suit better"),
    MoveReason.NEW_VERSION: _l("The program goes on with another version"),
    MoveReason.OWN_WISH: _l("At their own wish"),
    MoveReason.AGENCY_WISH: _l("At their agency's wish"),
    MoveReason.PROGRAM_DECISION: _l("Decided by the program"),
}
REFUSAL_LABELS = {
    Refusal.OWN_ENROLLMENT: _l("This is your own enrollment. Another administrator can move you."),
    Refusal.NOT_ENROLLED: _l("Not in training, so there is nothing to move."),
    Refusal.HERE_ALREADY: _l("In this cohort already, on its version."),
    Refusal.COMPLETED_THERE: _l("Has completed that training already."),
    Refusal.ENROLLED_THERE: _l("Is enrolled in that training already, with another record."),
    Refusal.NO_MAP: _l("No approved map says what of their version counts in the other."),
}


def gate_label(gate: Gate) -> str:
    if gate.kind is GateKind.AGREEMENT:
        return _("Agreement: %(title)s", title=AGREEMENT_LABELS[Agreement(gate.name)])
    if gate.kind is GateKind.SKILL:
        return _("Skill: %(skill)s", skill=gate.name)
    return _("Pre-test") if gate.kind is GateKind.PRE_TEST else _("Post-test")
