"""The forms of the schedule."""

from advocates.schedule.forms.agenda import AgendaForm, CancelForm, EditAgendaForm, MoveForm, SessionForm
from advocates.schedule.forms.layout import LayOutForm

__all__ = ["AgendaForm", "CancelForm", "EditAgendaForm", "LayOutForm", "MoveForm", "SessionForm"]
