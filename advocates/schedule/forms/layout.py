"""The form that lays sessions out from a pattern."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from advocates.curriculum.delivery import DeliveryMode
from advocates.curriculum.rules import Problem
from advocates.schedule import rules
from advocates.schedule.forms.rows import (
    LINK,
    MOST_ROOM,
    PLACE,
    ROOM,
    ClockField,
    DayField,
    Row,
    WithRows,
    choices_of,
    complain,
    is_link,
    mode_choices,
    sentence,
    stripped,
)
from advocates.schedule.models import MeetingPattern

CUSTOM = "custom"
MEETING_ROWS = 6
PRESET_LABELS = {
    rules.Preset.FIVE_LONG_DAYS: _l("Five long days: Monday to Friday, 9 AM to 5 PM with lunch (35 contact hours)"),
    rules.Preset.EVENINGS_AND_SATURDAYS: _l("Evenings and Saturdays: Tuesday and Thursday evenings, and Saturdays"),
    rules.Preset.ONLINE_EVENINGS_AND_DAYS: _l(
        "Online evenings and days in person: Monday and Wednesday evenings online, and Saturdays in person"
    ),
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
    where = StringField(_l("Room or link"), [Length(max=500)], filters=[stripped])

    def validate_where(self, field: Field) -> None:
        if field.data and not is_link(field.data) and ("://" in field.data or len(field.data) > MOST_ROOM):
            raise ValidationError(_("Type a room, or a link that begins with https://."))

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
        where = {"link" if is_link(typed["where"]) else "room": typed["where"]}
        mode = DeliveryMode(typed["mode"])
        return rules.Meeting(int(typed["weekday"]), typed["starts"], typed["ends"], mode, breaks, **where)


class LayOutForm(WithRows):
    """Which weekly meetings, from when, without which days, and where.

    `held` are closed days on which sessions are held all the same, `fit` the proposal that was taken up.
    """

    pattern = RadioField(_l("Pattern"), [InputRequired(_l("Choose a pattern."))])
    first_day = DayField(_l("First day"), [InputRequired(_l("Choose the first day."))])
    last_day = DayField(_l("Last day"), [Optional()])
    skipped = TextAreaField(_l("Days without training"))
    held = SelectMultipleField(_l("Closed days on which sessions are held"), validate_choice=False)
    place = StringField(_l("Place"), PLACE)
    room = StringField(_l("Room for the sessions in person"), ROOM, filters=[stripped])
    link = StringField(_l("Link to the sessions online"), LINK, filters=[stripped])
    save_as = StringField(_l("Save this pattern as"), [Optional(), Length(max=120)], filters=[stripped])
    fit = HiddenField()
    only_missing = BooleanField(_l("Add sessions only for what is not scheduled yet"))

    def __init__(
        self, formdata: Any = None, *, time_zone: str, saved: Sequence[MeetingPattern] = (), **data: Any
    ) -> None:
        super().__init__(formdata, **data)
        self.time_zone = time_zone
        self.saved = {f"saved-{pattern.id}": pattern for pattern in saved}
        titles = {value: _("Saved: %(title)s", title=pattern.title) for value, pattern in self.saved.items()}
        self.pattern.choices = choices_of({**PRESET_LABELS, **titles, CUSTOM: _l("Another pattern of weekly meetings")})
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
        if saved := self.saved.get(self.pattern.data):
            return rules.Pattern(rules.meetings_from_json(saved.meetings), first, last, self.time_zone, skipped)
        pattern = rules.preset_pattern(rules.Preset(self.pattern.data), first, self.time_zone, skipped)
        return replace(pattern, last_day=min(last, pattern.last_day or last)) if last else pattern

    @property
    def is_refined(self) -> bool:
        """Whether something is said that most layouts need not say."""
        fields = (self.room, self.link, self.last_day, self.skipped)
        return any(field.errors or field.data or "".join(map(str, field.raw_data or ())) for field in fields)

    @property
    def held_days(self) -> frozenset[date]:
        """The closed days that were ticked; what is no day is left out."""
        return rules.read_days("\n".join(self.held.data or ()))[0]

    @property
    def chosen_fit(self) -> rules.Fit | None:
        return rules.Fit(self.fit.data) if self.fit.data in set(rules.Fit) else None

    @property
    def title_to_save(self) -> str:
        """Only a pattern that was typed is saved."""
        return stripped(self.save_as.data) if self.pattern.data == CUSTOM else ""

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
