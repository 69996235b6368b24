"""What a file says of each person, as the register's fields say it, before anybody knows who they are."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from advocates.attendance.rules import (
    Content,
    Outcome,
    Typed,
    Window,
    intervals_to_text,
    typed_of,
)
from advocates.cohorts.rules import name_key
from advocates.curriculum.delivery import DeliveryMode
from advocates.curriculum.rules import N_, Problem
from advocates.hours.rules import Presence, Slice, instant_of, intersect, minute_of, subtract, total_minutes, union
from advocates.mark_files.rules.columns import MOST_PAIRS, TITLES, FileLine, Kind, MarksFile
from advocates.mark_files.rules.moments import MomentRefused, has_day, read_moment, zone_of_offset
from advocates.people.rules import email_key

STATUSES: Mapping[str, Outcome] = {
    **dict.fromkeys(("present", "here", "attended", "yes", "p"), Outcome.PRESENT),
    **dict.fromkeys(("absent", "not here", "not present", "no", "a"), Outcome.ABSENT),
    **dict.fromkeys(("could not be established", "not established", "unknown", "?"), Outcome.NOT_ESTABLISHED),
}
_MINUTES = re.compile(r"(\d{1,4})(?:\s*(?:min\.?|minutes?))?", re.IGNORECASE)
_LONGEST_TYPED = 20
# A name as meeting programs write it: with what it was before, or with what kind of guest this is.
_BEFORE = re.compile(r"(.*\S)\s*\(([^()]*)\)")
_NO_ONE = {"guest", "unverified", "external", "host", "co-host", "me"}


@dataclass(frozen=True)
class Said:
    """A line that cannot be used, and why. The problem's path is a column."""

    number: int
    problem: Problem


@dataclass(frozen=True)
class Claim:
    """What a file says of one person: `typed` by a table of marks, `stays` (UTC instants) by a meeting's report.

    `names` are those under which they may be known, the first as it is written. `key` is the same for the same name
    and address, wherever they stand.
    """

    key: str
    names: tuple[str, ...]
    emails: tuple[str, ...] = ()
    enrollment_id: str = ""
    numbers: tuple[int, ...] = ()
    typed: Typed = field(default_factory=Typed)
    stays: tuple[tuple[datetime, datetime], ...] = ()
    problems: tuple[Said, ...] = ()

    @property
    def shown(self) -> str:
        return (self.names or self.emails or (self.enrollment_id,))[0]


def claims_of(file: MarksFile, window: Window, zone: tzinfo) -> tuple[Claim, ...]:
    """A claim per person of the file, in its order. `zone` is that of its times, where it does not state another."""
    zone = zone_of_offset(file.zone) if file.zone else zone
    if file.kind is Kind.MEETING:
        return tuple(_meeting_claims(file.lines, window, zone))
    return tuple(_without_repeats([_mark_claim(line, window, zone) for line in file.lines]))


def presence_of(stays: Sequence[tuple[datetime, datetime]], window: Window, brief_absence_minutes: int) -> Typed | None:
    """The fields that say when somebody was in a meeting, within the session; None where that is no minute of it.

    Several stays are one presence with absences between them; arrivals round down to whole minutes, departures up.
    """
    whole = Slice(minute_of(window.start), minute_of(window.end))
    present = intersect(union(_slice(start, end) for start, end in stays if start < end), [whole])
    gaps = [gap for gap in subtract([whole], present) if gap.minutes > brief_absence_minutes]
    kept = subtract([whole], gaps)
    if not present or not total_minutes(kept):
        return None
    mode = DeliveryMode.LIVE_ONLINE
    presences = [Presence(instant_of(each.from_minute), instant_of(each.to_minute), mode) for each in kept]
    return typed_of(Content(Outcome.PRESENT, intervals_to_text(presences)), window)


def _slice(start: datetime, end: datetime) -> Slice:
    up = end + timedelta(minutes=1, microseconds=-1)
    return Slice(*(minute_of(each.replace(second=0, microsecond=0)) for each in (start, up)))


def _meeting_claims(lines: Sequence[FileLine], window: Window, zone: tzinfo) -> Iterator[Claim]:
    """Joining again is another line of the same person; minutes in the waiting room are no part of the meeting."""
    found: dict[str, Claim] = {}
    for line in lines:
        claim = _person(line)
        problems, stay = list(claim.problems), None
        is_waiting = line.cells.get("waiting", "").casefold() in {"yes", "true"}
        if not problems and not is_waiting:
            try:
                stay = _stay(line, window, zone)
            except MomentRefused as refusal:
                problems.append(Said(line.number, refusal.problem))
        before = found.get(claim.key, claim)
        found[claim.key] = replace(
            before,
            numbers=(*before.numbers, line.number),
            stays=(*before.stays, stay) if stay else before.stays,
            problems=(*(before.problems if claim.key in found else ()), *problems),
        )
    yield from found.values()


def _stay(line: FileLine, window: Window, zone: tzinfo) -> tuple[datetime, datetime]:
    moments = []
    for columns, is_end in ((("joined", "first_joined"), False), (("gone", "last_gone"), True)):
        column = next((each for each in columns if each in line.cells), columns[0])
        if not line.cells.get(column, "").strip("-– "):
            raise MomentRefused(N_("The column %(column)s says nothing."), column=TITLES[column])
        moments.append(read_moment(line.cells[column], window, zone, is_end=is_end))
    joined, gone = moments
    if gone < joined:
        raise MomentRefused(N_("The time of leaving is before the time of joining."))
    return joined, gone


def _mark_claim(line: FileLine, window: Window, zone: tzinfo) -> Claim:
    claim = replace(_person(line), numbers=(line.number,))
    if claim.problems:
        return claim
    try:
        return replace(claim, typed=_typed(line.cells, window, zone))
    except MomentRefused as refusal:
        return replace(claim, problems=(Said(line.number, refusal.problem),))


def _typed(cells: Mapping[str, str], window: Window, zone: tzinfo) -> Typed:
    """The fields of a line; a status alone is enough, and so is a time."""
    status = cells.get("status", "")
    if status and status.casefold() not in STATUSES:
        raise MomentRefused(
            N_("%(typed)s is no status. Use present, absent or unknown."), typed=status[:_LONGEST_TYPED]
        )
    pairs = [(cells.get(f"out{n}", ""), cells.get(f"back{n}", "")) for n in range(1, MOST_PAIRS + 1)]
    typed = Typed(
        STATUSES.get(status.casefold()),
        _time(cells.get("arrived", ""), window, zone) or _shifted(cells, "late", window),
        _time(cells.get("left", ""), window, zone) or _shifted(cells, "early", window),
        tuple((_time(out, window, zone), _time(back, window, zone)) for out, back in pairs if out or back),
    )
    if "minutes" not in cells or typed.has_times:
        return typed
    minutes, whole = _number(cells["minutes"]), minute_of(window.end) - minute_of(window.start)
    if typed.outcome not in {None, Outcome.PRESENT}:
        return typed
    if minutes >= whole:
        return replace(typed, outcome=Outcome.PRESENT)
    if minutes or typed.outcome:
        raise MomentRefused(N_("%(n)s minutes do not say when. Give the times of arriving and leaving."), n=minutes)
    return replace(typed, outcome=Outcome.ABSENT)


def _time(cell: str, window: Window, zone: tzinfo) -> str:
    """A time as it would be typed in the register: on the session's own clock, and without its day."""
    if not cell or (not has_day(cell) and zone == ZoneInfo(window.time_zone)):
        return cell[:_LONGEST_TYPED]
    return window.clock_at(read_moment(cell, window, zone))


def _shifted(cells: Mapping[str, str], column: str, window: Window) -> str:
    """So many minutes after the start, or before the end."""
    minutes = _number(cells[column]) if column in cells else 0
    if not minutes:
        return ""
    if timedelta(minutes=minutes) >= window.end - window.start:
        raise MomentRefused(N_("%(n)s minutes are as long as the session, or longer."), n=minutes)
    shift = timedelta(minutes=minutes)
    return window.clock_at(window.start + shift if column == "late" else window.end - shift)


def _number(cell: str) -> int:
    match = _MINUTES.fullmatch(cell)
    if match is None:
        raise MomentRefused(N_("%(typed)s is no number of minutes."), typed=cell[:_LONGEST_TYPED])
    return int(match[1])


def _person(line: FileLine) -> Claim:
    """Who the line is about, as far as it says."""
    cells = line.cells
    parts = " ".join(filter(None, (cells.get("first_name", ""), cells.get("last_name", ""))))
    names = tuple(dict.fromkeys(filter(None, (*_names(cells.get("name", "")), parts))))
    emails = tuple(cells[each] for each in ("email", "sign_in_name") if "@" in cells.get(each, ""))
    enrollment_id = cells.get("enrollment_id", "").casefold()
    problems = []
    if not (names or emails or enrollment_id):
        problems.append(Said(line.number, Problem("", N_("This line names nobody."))))
    if line.is_too_wide:
        problems.append(Said(line.number, Problem("", N_("This line has more cells than the header."))))
    written = enrollment_id or "\n".join([*map(email_key, emails[:1]), *map(name_key, names[:1])]) or str(line.number)
    key = hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return Claim(key, names, emails, enrollment_id, problems=tuple(problems))


def _names(cell: str) -> Iterator[str]:
    """As written, without the brackets, and what stands in them: "Ann (Ann Bell)", "Ann Bell (Guest)"."""
    yield cell
    if match := _BEFORE.fullmatch(cell):
        yield match[1]
        if match[2].casefold() not in _NO_ONE:
            yield match[2]
    last, comma, first = cell.partition(",")
    if comma and first.strip():
        yield f"{first.strip()} {last.strip()}"


def _without_repeats(claims: Sequence[Claim]) -> Iterator[Claim]:
    first: dict[str, int] = {}
    for claim in claims:
        number = first.setdefault(claim.key, claim.numbers[0])
        if number == claim.numbers[0]:
            yield claim
        else:
            problem = Problem("", N_("The same person stands in line %(line)s."), {"line": number})
            yield replace(claim, problems=(*claim.problems, Said(claim.numbers[0], problem)))
