"""The forms of the schedule."""

from advocates.schedule.forms.agenda import AgendaForm, CancelForm, EditAgendaForm, MoveForm, SessionForm, SplitForm
from advocates.schedule.forms.closing import ClosedDaysForm
from advocates.schedule.forms.layout import LayOutForm

__all__ = [
    "AgendaForm",
    "CancelForm",
    "ClosedDaysForm",
    "EditAgendaForm",
    "LayOutForm",
    "MoveForm",
    "SessionForm",
    "SplitForm",
]
