"""How the admissions' codes read on a page."""

from flask_babel import lazy_gettext as _l

from advocates.admissions.rules import OfferState, WindowState

WINDOW_LABELS = {
    WindowState.OFF: _l("Switched off"),
    WindowState.NOT_YET: _l("Not open yet"),
    WindowState.OPEN: _l("Open"),
    WindowState.CLOSED: _l("Closed"),
}
OFFER_LABELS = {
    OfferState.OPEN: _l("Waits for an answer"),
    OfferState.ACCEPTED: _l("Accepted"),
    OfferState.DECLINED: _l("Declined"),
    OfferState.EXPIRED: _l("Expired"),
    OfferState.ENDED: _l("Taken back"),
}
