"""Meeting patterns that programs of this kind have published."""

from collections.abc import Iterable
from datetime import date, time, timedelta
from enum import StrEnum

from advocates.curriculum.delivery import DeliveryMode
from advocates.schedule.rules.pattern import Break, Meeting, Pattern

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY = range(6)
LUNCH = Break(time(12), time(13))


class Preset(StrEnum):
    FIVE_LONG_DAYS = "five_long_days"
    EVENINGS_AND_SATURDAYS = "evenings_and_saturdays"
    ONLINE_EVENINGS_AND_DAYS = "online_evenings_and_days"


def _evening(weekday: int, starts: time, ends: time, mode: DeliveryMode) -> Meeting:
    return Meeting(weekday, starts, ends, mode, (Break(time(19), time(19, 10)),))


# Six contact hours, with lunch and two short breaks.
_SATURDAY = Meeting(
    SATURDAY,
    time(9),
    time(16, 30),
    DeliveryMode.IN_PERSON,
    (Break(time(10, 30), time(10, 45)), LUNCH, Break(time(14, 45), time(15))),
)

MEETINGS = {
    # Seven contact hours a day: 35 in five days, so a 40-hour curriculum leaves five hours over.
    Preset.FIVE_LONG_DAYS: tuple(
        Meeting(weekday, time(9), time(17), DeliveryMode.IN_PERSON, (LUNCH,)) for weekday in range(MONDAY, SATURDAY)
    ),
    # 170 + 170 + 360 contact minutes a week.
    Preset.EVENINGS_AND_SATURDAYS: (
        _evening(TUESDAY, time(17, 30), time(20, 30), DeliveryMode.IN_PERSON),
        _evening(THURSDAY, time(17, 30), time(20, 30), DeliveryMode.IN_PERSON),
        _SATURDAY,
    ),
    # 110 + 110 online and 360 in person: more than half in person, as both shipped curricula ask.
    Preset.ONLINE_EVENINGS_AND_DAYS: (
        _evening(MONDAY, time(18), time(20), DeliveryMode.LIVE_ONLINE),
        _evening(WEDNESDAY, time(18), time(20), DeliveryMode.LIVE_ONLINE),
        _SATURDAY,
    ),
}


def preset_pattern(preset: Preset, first_day: date, time_zone: str, skipped_days: Iterable[date] = ()) -> Pattern:
    """The preset from `first_day` on: five long days end within a week, the others when all is laid out."""
    last_day = first_day + timedelta(days=6) if preset is Preset.FIVE_LONG_DAYS else None
    return Pattern(MEETINGS[preset], first_day, last_day, time_zone, frozenset(skipped_days))
