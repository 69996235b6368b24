"""Weekly meetings as text, as a saved pattern keeps them."""

import json
from collections.abc import Iterable
from datetime import time

from advocates.curriculum.delivery import DeliveryMode
from advocates.schedule.rules.pattern import Break, Meeting


def meetings_to_json(meetings: Iterable[Meeting]) -> str:
    return json.dumps([_plain(meeting) for meeting in meetings], ensure_ascii=False, separators=(",", ":"))


def meetings_from_json(text: str) -> tuple[Meeting, ...]:
    return tuple(
        Meeting(
            weekday=plain["weekday"],
            starts=time.fromisoformat(plain["starts"]),
            ends=time.fromisoformat(plain["ends"]),
            delivery_mode=DeliveryMode(plain["mode"]),
            breaks=tuple(Break(*map(time.fromisoformat, pause)) for pause in plain["breaks"]),
            room=plain["room"],
            link=plain["link"],
        )
        for plain in json.loads(text)
    )


def _plain(meeting: Meeting) -> dict[str, object]:
    return {
        "weekday": meeting.weekday,
        "starts": f"{meeting.starts:%H:%M}",
        "ends": f"{meeting.ends:%H:%M}",
        "mode": meeting.delivery_mode,
        "breaks": [(f"{pause.starts:%H:%M}", f"{pause.ends:%H:%M}") for pause in meeting.breaks],
        "room": meeting.room,
        "link": meeting.link,
    }
