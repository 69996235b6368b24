"""How what becomes of a mark reads on a page."""

from flask_babel import lazy_gettext as _l

from advocates.linking.rules import Fate

FATE_LABELS = {
    Fate.STAYS: _l("Kept as it is"),
    Fate.GOES_ALONG: _l("Kept: recorded for the person, with the same times"),
    Fate.AS_GUEST: _l(
        "Kept: recorded for the person as a visitor of that cohort; it counts only by an approved make-up"
    ),
    Fate.NOTHING_TO_KEEP: _l("Says nothing of the person"),
    Fate.THERE_TOO: _l("Both are marked present at this session: two people, or one mark is wrong. Correct it first"),
    Fate.ELSEWHERE: _l("The person is marked present elsewhere at the same time. Correct one of the two first"),
    Fate.OWN: _l(
        "The person recorded this attendance, and nobody records their own. Somebody else must correct it first"
    ),
}
