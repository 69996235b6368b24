"""How the curriculum's codes read on a page."""

from flask_babel import lazy_gettext as _l

from advocates.curriculum.delivery import DeliveryMode
from advocates.curriculum.rules import Agreement, MakeUpRoute

DELIVERY_LABELS = {
    DeliveryMode.IN_PERSON: _l("in person"),
    DeliveryMode.LIVE_ONLINE: _l("live online"),
    DeliveryMode.SELF_PACED: _l("self-paced"),
    DeliveryMode.EQUIVALENT_ACTIVITY: _l("equivalent activity"),
}
AGREEMENT_LABELS = {
    Agreement.CODE_OF_ETHICS: _l("code of ethics"),
    Agreement.CONFIDENTIALITY: _l("confidentiality"),
}
ROUTE_LABELS = {
    MakeUpRoute.SAME_COHORT: _l("the same part in another session of the cohort"),
    MakeUpRoute.OTHER_COHORT: _l("the same part in another cohort"),
    MakeUpRoute.EQUIVALENT_ACTIVITY: _l("an equivalent activity, one-to-one with a trainer"),
}
