"""Why somebody gets no certificate, in short sentences: one for each kind of reason."""

from collections import Counter
from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from advocates.credentials.rules import RequirementKind

SENTENCES = {
    RequirementKind.CONTACT_MINUTES: _l("Contact hours fall short of the required total"),
    RequirementKind.ELECTIVES: _l("Elective minutes are missing"),
    RequirementKind.DELIVERY_MINIMUM: _l("Too few minutes in a required way of attending"),
    RequirementKind.DELIVERY_CAP: _l("More minutes in one way of attending than count"),
    RequirementKind.COMPLETION_WINDOW: _l("It took longer than the curriculum allows"),
    RequirementKind.PRE_TEST: _l("The pre-test has not been taken"),
    RequirementKind.POST_TEST: _l("The post-test has not been passed"),
    RequirementKind.CERTIFICATE_NAME: _l("The name on the certificate has not been confirmed"),
    RequirementKind.ENROLLMENT: _l("The enrollment is not open"),
    "own_enrollment": _l("Nobody issues their own certificate: another administrator must"),
    "already_issued": _l("A certificate is already issued"),
    "unprintable_name": _l("The name has a character that no print font can draw"),
    "letterhead": _l("The issuer or a signatory is missing"),
}


def refusal_sentences(keys: Iterable[str]) -> list[str]:
    """The keys of requirements (or of a refused issue) in sentences; several of one kind are counted."""
    counts = Counter(key.partition(":")[0] for key in keys)
    return [_sentence(kind, count) for kind, count in counts.items()]


def _sentence(kind: str, count: int) -> str:
    match kind:
        case RequirementKind.MODULE:
            return ngettext("Minutes of a module are missing", "Minutes of %(num)d modules are missing", count)
        case RequirementKind.SKILL:
            return ngettext("A skill has not been signed", "%(num)d skills have not been signed", count)
        case RequirementKind.AGREEMENT:
            return ngettext("An agreement has not been signed", "%(num)d agreements have not been signed", count)
    return str(SENTENCES.get(kind) or _("It could not be made; the system will need attention"))
