"""The form that lays sessions out from a pattern."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional, ValidationError

from advocates.curriculum.delivery import DeliveryMode
from advocates.curriculum.rules import Problem
from advocates.schedule import rules
from advocates.schedule.forms.rows import (
    PLACE,
    ClockField,
    DayField,
    Row,
    WithRows,
    choices_of,
    complain,
    mode_choices,
    sentence,
)

CUSTOM = "custom"
MEETING_ROWS = 6
PRESET_LABELS = {
    rules.Preset.FIVE_LONG_DAYS: _l("Five long days: Monday to Friday, 9 AM to 5 PM with lunch (35 contact hours)"),
    rules.Preset.EVENINGS_AND_SATURDAYS: _l("Evenings and Saturdays: Tuesday and Thursday evenings, and Saturdays"),
    rules.Preset.ONLINE_EVENINGS_AND_DAYS: _l(
        "Online evenings and days in person: Monday and Wednesday evenings online, and Saturdays in person"
    ),
    CUSTOM: _l("Another pattern of weekly meetings"),
}


def _weekday_choices() -> list[Any]:
    monday = date(2024, 1, 1)
    days = {n: format_date(monday + timedelta(days=n), "EEEE") for n in range(7)}
    return choices_of({"": "–", **days})


class MeetingRow(Row):
    """One weekly meeting, with at most one break."""

    tells = ("weekday", "starts", "ends", "break_starts", "break_ends")
    weekday = SelectField(_l("Weekday"), [InputRequired(_l("Choose a weekday."))], choices=_weekday_choices)
    starts = ClockField(_l("Starts"), [InputRequired(_l("Type when it starts."))])
    ends = ClockField(_l("Ends"), [InputRequired(_l("Type when it ends."))])
    break_starts = ClockField(_l("Break from"), [Optional()])
    break_ends = ClockField(_l("Break to"), [Optional()])
    mode = SelectField(_l("How"), choices=mode_choices)

    def validate_ends(self, field: Field) -> None:
        if self.starts.data and field.data and field.data <= self.starts.data:
            raise ValidationError(_("A meeting must end after it starts, on the same day."))

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = super().validate(extra_validators)
        pauses = (self.break_starts, self.break_ends)
        for field, other in (pauses, pauses[::-1]):
            if other.data is not None and field.data is None and not field.errors:
                complain(field, _("Type both the start and the end of the break, or neither."))
                is_valid = False
        return is_valid

    def meeting(self) -> rules.Meeting:
        typed = self.data
        has_break = typed["break_starts"] is not None
        breaks = (rules.Break(typed["break_starts"], typed["break_ends"]),) if has_break else ()
        return rules.Meeting(int(typed["weekday"]), typed["starts"], typed["ends"], DeliveryMode(typed["mode"]), breaks)


class LayOutForm(WithRows):
    """Which weekly meetings, from when, without which days, and where."""

    pattern = RadioField(_l("Pattern"), [InputRequired(_l("Choose a pattern."))], choices=choices_of(PRESET_LABELS))
    first_day = DayField(_l("First day"), [InputRequired(_l("Choose the first day."))])
    last_day = DayField(_l("Last day"), [Optional()])
    skipped = TextAreaField(_l("Days without training"))
    place = StringField(_l("Place"), PLACE)
    only_missing = BooleanField(_l("Add sessions only for what is not scheduled yet"))

    def __init__(self, formdata: Any = None, *, time_zone: str, **data: Any) -> None:
        super().__init__(formdata, **data)
        self.time_zone = time_zone
        self.rows = [MeetingRow.numbered(n, _("Meeting %(n)s", n=n), formdata) for n in range(1, MEETING_ROWS + 1)]

    def validate_skipped(self, field: Field) -> None:
        _days, problems = rules.read_days(field.data or "")
        if problems:
            raise ValidationError(" ".join(map(sentence, problems[:5])))

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = super().validate(extra_validators)
        if self.pattern.data == CUSTOM:
            is_valid = self.rows_are_valid() and is_valid
        if not is_valid:
            return False
        problems = rules.pattern_problems(self.weekly_pattern())
        for problem in problems:
            self._show(problem)
        return not problems

    def weekly_pattern(self) -> rules.Pattern:
        """What was chosen; only of a form that is valid."""
        first, last = self.data["first_day"], self.data["last_day"]
        skipped, _problems = rules.read_days(self.skipped.data or "")
        if self.pattern.data == CUSTOM:
            meetings = tuple(row.meeting() for row in self.filled)
            return rules.Pattern(meetings, first, last, self.time_zone, skipped)
        pattern = rules.preset_pattern(rules.Preset(self.pattern.data), first, self.time_zone, skipped)
        return replace(pattern, last_day=min(last, pattern.last_day or last)) if last else pattern

    def _show(self, problem: Problem) -> None:
        place = re.match(r"meetings\[(\d+)\](\.breaks)?", problem.path)
        if place is None:
            complain(self._fields.get(problem.path, self.rows[0].weekday), sentence(problem))
            return
        row = self.filled[int(place[1])]
        values = dict(problem.values)
        if "other" in values:
            values["other"] = self.filled[int(str(values["other"])) - 1].number
        complain(row.break_starts if place[2] else row.weekday, _(problem.message, **values))
