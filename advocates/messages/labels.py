"""How kinds, states and problems of mails read."""

from typing import Any

from flask_babel import lazy_gettext as _l

from advocates.messages.models import MailKind, MessageState

KIND_LABELS: dict[MailKind, Any] = {
    MailKind.ACCOUNT: _l("Account"),
    MailKind.APPLICATION: _l("Application"),
    MailKind.OFFER: _l("Offer of a seat"),
    MailKind.REMINDER: _l("Reminder"),
    MailKind.CHANGE: _l("Changed session"),
    MailKind.CANCELLATION: _l("Canceled session"),
    MailKind.SURVEY: _l("Survey"),
}
STATE_LABELS: dict[MessageState, Any] = {
    MessageState.WAITING: _l("waiting"),
    MessageState.SENT: _l("sent"),
    MessageState.FAILED: _l("given up"),
}
PROBLEM_LABELS: dict[str, Any] = {
    "SMTPRecipientsRefused": _l("The mail server refused this address."),
    "SMTPDataError": _l("The mail server refused the text."),
    "SMTPAuthenticationError": _l("The mail server refused our name or password."),
    "SSLError": _l("The connection to the mail server is not secure."),
    "SSLCertVerificationError": _l("The connection to the mail server is not secure."),
}
ANOTHER_PROBLEM = _l("The mail server could not be reached or did not answer as it should.")
