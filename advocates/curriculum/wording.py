"""The sentences of rules, with their figures and codes, in the reader's language."""

from flask_babel import gettext, ngettext

from advocates.curriculum.delivery import DeliveryMode
from advocates.curriculum.labels import AGREEMENT_LABELS, DELIVERY_LABELS, ROUTE_LABELS
from advocates.curriculum.rules import Agreement, Days, MakeUpRoute, Minutes, Problem, RuleSentence
from advocates.formatting import contact_hours


def said(sentence: RuleSentence | Problem) -> str:
    """The sentence without what it lists: see `items_of`."""
    return gettext(sentence.message) % {name: in_words(value) for name, value in sentence.values.items()}


def items_of(sentence: RuleSentence) -> list[str]:
    return [in_words(item) for item in sentence.items]


def in_words(value: object) -> str:
    """A figure, a code or text as it stands in a sentence."""
    match value:
        case Minutes():
            return contact_hours(value.minutes)
        case Days():
            return ngettext("%(num)s day", "%(num)s days", value.days)
        case DeliveryMode():
            return str(DELIVERY_LABELS[value])
        case MakeUpRoute():
            return str(ROUTE_LABELS[value])
        case Agreement():
            return str(AGREEMENT_LABELS[value])
        case _:
            return str(value)
