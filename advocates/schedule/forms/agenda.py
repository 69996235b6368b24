"""The forms of one session: its agenda, its time and place, and that it does not take place."""

import re
import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Self

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from advocates.curriculum.delivery import DeliveryMode
from advocates.curriculum.models import VersionModule
from advocates.curriculum.rules import Problem
from advocates.form import Form
from advocates.schedule import rules
from advocates.schedule.forms.rows import (
    LINK,
    PLACE,
    ROOM,
    ClockField,
    DayField,
    MinutesField,
    Row,
    WithRows,
    choices_of,
    complain,
    mode_choices,
    sentence,
    stripped,
)

BREAK = "break"
SPARE_ROWS, MOST_ROWS = 5, 60
DAY = timedelta(days=1)
REASON_LABELS = {
    rules.CancelReason.TRAINER_AWAY: _l("A trainer is away"),
    rules.CancelReason.PLACE_NOT_AVAILABLE: _l("The place is not available"),
    rules.CancelReason.WEATHER: _l("Weather"),
    rules.CancelReason.SAFETY: _l("Safety"),
    rules.CancelReason.ENTERED_BY_MISTAKE: _l("It was entered by mistake"),
    rules.CancelReason.OTHER: _l("Another reason"),
}


class PartRow(Row):
    """A part of an agenda: so many minutes of a module from one of its minutes on, or of a break."""

    tells = ("what", "from_minute", "minutes")
    what = SelectField(_l("Module or break"), [InputRequired(_l("Choose a module or a break."))])
    from_minute = MinutesField(_l("From minute"), [Optional(), NumberRange(0, 100_000, _l("Type 0 or more."))])
    minutes = MinutesField(
        _l("Minutes"),
        [InputRequired(_l("Type how many minutes it takes.")), NumberRange(1, 1440, _l("Type 1 to 1,440 minutes."))],
    )

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = super().validate(extra_validators)
        if self.what.data not in {"", BREAK} and not self.from_minute.errors and self.from_minute.data is None:
            complain(self.from_minute, _("Type from which minute of the module on; 0 is its beginning."))
            return False
        return is_valid

    def part(self) -> rules.Part:
        typed = self.data
        if typed["what"] == BREAK:
            return rules.Part(typed["minutes"])
        return rules.Part(typed["minutes"], uuid.UUID(typed["what"]), typed["from_minute"])


class AgendaForm(WithRows):
    """When a session ends, how it is taught, and its parts one after another."""

    title = StringField(_l("Title"), [Length(max=200)])
    mode = SelectField(_l("How"), choices=mode_choices)
    ends = ClockField(_l("Ends"), [InputRequired(_l("Type when it ends."))])
    next_day = BooleanField(_l("It ends on the next day"))

    def __init__(
        self, formdata: Any = None, *, modules: Sequence[VersionModule], parts: Sequence[rules.Part] = (), **data: Any
    ) -> None:
        super().__init__(formdata, **data)
        titles = {m.module_id: _("%(title)s (%(n)s min)", title=m.title, n=m.contact_minutes) for m in modules}
        choices = choices_of({"": "–", BREAK: _("Break"), **titles})
        self.rows = []
        for n in range(1, self._row_count(formdata, parts) + 1):
            typed = _typed(parts[n - 1]) if n <= len(parts) else {}
            row = PartRow.numbered(n, _("Part %(n)s", n=n), formdata, **typed)
            row.what.choices = choices
            self.rows.append(row)

    @classmethod
    def of_request(cls, **data: Any) -> Self:
        """The form as submitted; with the button that moves a part up, in its new order and not to be saved yet."""
        number = request.form.get("up", type=int)
        if number is None:
            return super().of_request(**data)
        form = cls(moved_up(request.form, number), **data)
        form.is_reordered = True
        return form

    is_reordered = False

    def is_submitted_and_valid(self) -> bool:
        return not self.is_reordered and super().is_submitted_and_valid()

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = super().validate(extra_validators)
        return self.rows_are_valid() and is_valid

    def planned(self, day: date, start: datetime, time_zone: str) -> rules.PlannedSession:
        """What was typed, for a session that starts on the local `day` at the UTC instant `start`."""
        end = rules.instant_of(day + DAY * self.data["next_day"], self.data["ends"], time_zone)
        segments = rules.agenda_in_order(start, [row.part() for row in self.filled])
        return rules.PlannedSession(start, end, DeliveryMode(self.mode.data), segments)

    def show(self, problems: Sequence[Problem]) -> None:
        """Say each problem of an agenda at its field."""
        for problem in problems:
            place = re.fullmatch(r"segments\[(\d+)\]", problem.path)
            if place:
                field = self.filled[int(place[1])].minutes
            elif problem.path == "segments":
                field = self.filled[-1].minutes if self.filled else self.rows[0].what
            else:
                field = self.ends
            complain(field, sentence(problem))

    @staticmethod
    def _row_count(formdata: Any, parts: Sequence[rules.Part]) -> int:
        if formdata is None:
            return len(parts) + SPARE_ROWS
        numbers = [int(match[1]) for name in formdata if (match := re.fullmatch(r"rows-(\d{1,4})-what", name))]
        return min(max(numbers, default=0) + 1, MOST_ROWS)


class EditAgendaForm(AgendaForm):
    """The agenda of a session that exists, and the version of it that was seen."""

    is_held_anyway = BooleanField(_l("Hold it all the same"))
    seen_version = IntegerField(_l("Version of the agenda"), [InputRequired()], widget=HiddenInput())


class SessionForm(AgendaForm):
    """One new session. `is_held_anyway` is asked for once its day turned out to be closed."""

    day = DayField(_l("Day"), [InputRequired(_l("Choose a day."))])
    starts = ClockField(_l("Starts"), [InputRequired(_l("Type when it starts."))])
    place = StringField(_l("Place"), PLACE)
    room = StringField(_l("Room"), ROOM, filters=[stripped])
    link = StringField(_l("Link to join online"), LINK, filters=[stripped])
    is_held_anyway = BooleanField(_l("Hold it all the same"))


class MoveForm(Form):
    """Another day, time or place; the session keeps its minutes."""

    day = DayField(_l("Day"), [InputRequired(_l("Choose a day."))])
    starts = ClockField(_l("Starts"), [InputRequired(_l("Type when it starts."))])
    place = StringField(_l("Place"), PLACE)
    room = StringField(_l("Room"), ROOM, filters=[stripped])
    link = StringField(_l("Link to join online"), LINK, filters=[stripped])
    is_held_anyway = BooleanField(_l("Hold it all the same"))
    seen_version = IntegerField(_l("Version of the agenda"), [InputRequired()], widget=HiddenInput())

    def starts_at(self, time_zone: str) -> datetime:
        """The UTC instant that was typed; only of a form that is valid."""
        return rules.instant_of(self.data["day"], self.data["starts"], time_zone)


class SplitForm(MoveForm):
    """Where a session is cut, and when and where its second half takes place."""

    at = ClockField(_l("Split at"), [InputRequired(_l("Type the time at which the second half begins."))])


class CancelForm(Form):
    """Why a session does not take place."""

    reason = RadioField(_l("Reason"), [InputRequired(_l("Choose a reason."))], choices=choices_of(REASON_LABELS))


def moved_up(typed: MultiDict[str, str], number: int) -> MultiDict[str, str]:
    """What was typed, with row `number` (from 1) and the one before it exchanged."""
    places = {number - 1: number - 2, number - 2: number - 1} if number > 1 else {}
    moved: MultiDict[str, str] = MultiDict()
    for name, value in typed.items(multi=True):
        row = re.fullmatch(r"rows-(\d{1,4})-(\w+)", name)
        moved.add(f"rows-{places.get(int(row[1]), int(row[1]))}-{row[2]}" if row else name, value)
    return moved


def _typed(part: rules.Part) -> dict[str, Any]:
    what = BREAK if part.module_id is None else str(part.module_id)
    return {"what": what, "from_minute": part.from_minute, "minutes": part.minutes}
