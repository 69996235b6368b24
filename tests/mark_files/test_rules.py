"""What a file says of whom, and what that would change."""

import contextlib
import uuid
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocates.attendance.rules import Content, Outcome, Window, intervals_from_text, typed_of
from advocates.cohorts.rules import PeopleListError
from advocates.curriculum.delivery import DeliveryMode
from advocates.mark_files.rules import Around, Known, Standing, claims_of, judge, presence_of, read_text
from tests.mark_files.reports import TABLE, TEAMS, ZOOM

CHICAGO = ZoneInfo("America/Chicago")
START, END = datetime(2026, 10, 20, 22, 30, tzinfo=UTC), datetime(2026, 10, 21, 1, 30, tzinfo=UTC)
WINDOW = Window(START, END, "America/Chicago")
LUCJA, HANH, MUHAMMAD, BERTIL = (uuid.UUID(int=n) for n in range(1, 5))


def around(**changes):
    people = [
        Known(LUCJA, "Łucja Wiśniewska", email="Lucja@Example.org", brief_absence_minutes=5),
        Known(HANH, "Nguyễn Thị Hạnh", brief_absence_minutes=5),
        Known(MUHAMMAD, "محمد العلي", other_names=("Muhammad Al-Ali",)),
        Known(BERTIL, "Bertil Oakes", is_own=True),
    ]
    values = {"window": WINDOW, "mode": DeliveryMode.IN_PERSON, "now": END + timedelta(hours=1)}
    return Around(people={known.enrollment_id: known for known in people}, **values | changes)


def judged(text, here=None, choices=None):
    here = here or around()
    return judge(claims_of(read_text(text), here.window, CHICAGO), here, choices or {})


def rows(judgment):
    return {row.person.name if row.person else row.names[0]: row for row in judgment.rows}


def said(row):
    """Arrived, left and absences as the register's fields would show them."""
    return (row.said.arrived, row.said.left, row.said.absences)


def line(text, header="Name,Status,Arrived,Left,Out,Back,Minutes late,Minutes early,Minutes"):
    return judged(f"{header}\n{text}\n").rows[0]


@pytest.mark.parametrize("report", [ZOOM, TEAMS])
def test_a_meetings_report_says_who_was_there_when(report):
    found = rows(judged(report))
    lucja, hanh = found["Łucja Wiśniewska"], found["Nguyễn Thị Hạnh"]
    assert (lucja.standing, said(lucja)) == (Standing.NEW, ("", "", ()))  # gone for a minute: not recorded
    assert said(hanh) == ("5:47 PM", "", (("6:41 PM", "7:01 PM"),))  # arrivals round down, departures up
    assert {presence.mode for presence in lucja.content.presences} == {DeliveryMode.LIVE_ONLINE}
    assert found["Bertil Oakes"].standing is Standing.OWN
    phone = next(row for name, row in found.items() if name.startswith("iPhone"))
    assert (phone.standing, said(phone)) == (Standing.NOBODY, ("", "8:10 PM", ()))
    assert [known.name for known in judged(report).missing] == ["محمد العلي"]


def test_whoever_is_chosen_for_a_stranger_has_all_their_stays():
    claims = claims_of(read_text(ZOOM), WINDOW, CHICAGO)
    phone = next(claim for claim in claims if claim.shown == "iPhone")
    judgment = judge(claims, around(), {phone.key: HANH, "0" * 16: LUCJA})
    assert judgment.chosen == {phone.key: HANH}
    row = rows(judgment)["Nguyễn Thị Hạnh"]
    assert said(row) == ("", "", ())  # there by phone when the other was gone
    assert row.names == ("Hạnh (Nguyễn Thị Hạnh)", "iPhone")
    assert judgment.digest != judged(ZOOM).digest


def test_a_table_says_marks_as_they_would_be_typed():
    found = rows(judged(TABLE))
    assert said(found["Łucja Wiśniewska"]) == ("5:55 PM", "", ())
    assert said(found["Nguyễn Thị Hạnh"]) == ("5:40 PM", "8:20 PM", (("6:40 PM", "7:00 PM"),))
    assert found["محمد العلي"].content == Content(Outcome.ABSENT)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("present", (Outcome.PRESENT, "", "")),
        ("Here", (Outcome.PRESENT, "", "")),
        ("Not here", (Outcome.ABSENT, "", "")),
        ("?", (Outcome.NOT_ESTABLISHED, "", "")),
        (",17:55", (Outcome.PRESENT, "5:55 PM", "")),
        (",2026-10-20 17:55", (Outcome.PRESENT, "5:55 PM", "")),
        (",1899-12-30 17:55,1899-12-30 20:00", (Outcome.PRESENT, "5:55 PM", "8:00 PM")),
        (",+25,10 min", (Outcome.PRESENT, "5:55 PM", "8:20 PM")),
        (",,,,,25,10 min", (Outcome.PRESENT, "5:55 PM", "8:20 PM")),
        (",,,,,,,180", (Outcome.PRESENT, "", "")),
        (",,,,,,,200 minutes", (Outcome.PRESENT, "", "")),
        (",,,,,,,0", (Outcome.ABSENT, "", "")),
        ("absent,,,,,,,0", (Outcome.ABSENT, "", "")),
        (",5:55 pm,,,,,,90", (Outcome.PRESENT, "5:55 PM", "")),
    ],
)
def test_each_way_to_say_a_mark(cells, expected):
    row = line(f"Łucja Wiśniewska,{cells}")
    assert row.standing is Standing.NEW, row.problems
    assert (row.content.outcome, row.said.arrived, row.said.left) == expected


@pytest.mark.parametrize(
    ("cells", "complaint"),
    [
        ("late", "no status"),
        ("=1+1", "no status"),
        (",soon", "is not a time"),
        (",9:40 am", "outside the session"),
        (",2026-10-19 17:55", "not on the day"),
        (",8:00 pm,7:00 pm", "later than the arrival"),
        ("absent,5:55 pm", "not marked here"),
        (",,,7:00 pm,6:40 pm", "later than going out"),
        (",,,,,,,90", "do not say when"),
        ("present,,,,,,,90", "do not say when"),
        (",,,,,many", "no number of minutes"),
        (",,,,,180", "as long as the session"),
        (",,,,,1500", "as long as the session"),
        (",,,,,,9999 min", "as long as the session"),
        ("present,,,,,,,,more", "more cells"),
    ],
)
def test_a_line_that_cannot_be_used_says_why(cells, complaint):
    row = line(f"Łucja Wiśniewska,{cells}")
    assert (row.standing, row.content) == (Standing.WRONG, None)
    assert complaint in str(row.problems[0].problem)


def test_a_line_that_says_nothing_leaves_its_person():
    assert line("Łucja Wiśniewska,").standing is Standing.NOTHING
    assert line(",present,,,,,,,").standing is Standing.WRONG


def test_the_same_person_twice_in_a_table_is_wrong():
    found = judged("Name,E-mail,Status\nŁucja Wiśniewska,,present\nŁucja,lucja@example.org,absent\n")
    assert [row.standing for row in found.rows] == [Standing.WRONG]
    assert "line 2" in str(found.rows[0].problems[0].problem)


def test_one_line_of_a_person_that_cannot_be_read_spoils_the_others():
    report = "Name,Join time,Leave time\nŁucja Wiśniewska,5:30 PM,6:00 PM\nŁucja Wiśniewska,7:00 PM,-\n"
    (row,) = judged(report).rows
    assert (row.standing, [each.number for each in row.problems]) == (Standing.WRONG, [3])


@pytest.mark.parametrize(
    ("name", "email", "found"),
    [
        ("łucja wiśniewska", "", LUCJA),
        ("  Łucja   Wiśniewska ", "", LUCJA),
        ("Wiśniewska, Łucja", "", LUCJA),
        ("somebody else", "LUCJA@example.org", LUCJA),
        ("Łucja Wiśniewska", "private@example.com", LUCJA),
        ("Muhammad Al-Ali", "", MUHAMMAD),
        ("محمد العلي (Guest)", "", MUHAMMAD),
        ("Hạnh (Nguyễn Thị Hạnh)", "", HANH),
        ("Lucja Wisniewska", "", None),
        ("Łucja", "", None),
        ("Guest", "", None),
    ],
)
def test_people_are_found_by_address_and_then_by_their_whole_name(name, email, found):
    row = judged(f'Name,E-mail,Status\n"{name}",{email},present\n').rows[0]
    assert (row.person.enrollment_id if row.person else None) == found


def test_who_teaches_is_nobody_to_be_marked():
    here = around(staff=[("Rosa Ebel", "rosa@example.org")])
    report = "Name,E-mail,Status\nrosa ebel,,present\nHost,ROSA@example.org,present\nRosa,,present\n"
    standings = [row.standing for row in judged(report, here).rows]
    assert standings == [Standing.STAFF, Standing.STAFF, Standing.NOBODY]


def test_a_trainer_known_by_address_is_not_the_trainee_of_the_same_name():
    here = around(staff=[("Łucja Wiśniewska", "trainer@example.org")])
    report = "Name,E-mail,Status\nŁucja Wiśniewska,Trainer@Example.org,present\nŁucja Wiśniewska,,absent\n"
    found = judged(report, here).rows
    assert [(row.standing, row.person and row.person.enrollment_id) for row in found] == [
        (Standing.NEW, LUCJA),
        (Standing.STAFF, None),
    ]


def test_an_enrollment_is_found_by_its_id_and_two_of_one_name_are_not():
    assert judged(f"Enrollment,Status\n{str(LUCJA).upper()},present\n").rows[0].person.enrollment_id == LUCJA
    here = around()
    namesake = Known(uuid.UUID(int=9), "ŁUCJA WIŚNIEWSKA")
    twice = Around(WINDOW, here.mode, here.now, {**here.people, namesake.enrollment_id: namesake})
    assert judged("Name,Status\nŁucja Wiśniewska,present\n", twice).rows[0].standing is Standing.NOBODY


def recorded(content):
    here = around()
    known = here.people[LUCJA]
    marked = Known(LUCJA, known.name, (), known.email, 2, content, 5)
    return Around(WINDOW, here.mode, here.now, {**here.people, LUCJA: marked})


def test_what_is_recorded_the_same_stays_and_what_is_not_is_a_conflict():
    row = line("Łucja Wiśniewska,,5:55 pm")
    same = judged("Name,Arrived\nŁucja Wiśniewska,17:55\n", recorded(row.content)).rows[0]
    assert same.standing is Standing.SAME
    other = judged("Name,Arrived\nŁucja Wiśniewska,18:55\n", recorded(row.content)).rows[0]
    assert (other.standing, other.recorded.arrived, other.said.arrived) == (Standing.CONFLICT, "5:55 PM", "6:55 PM")
    assert judged("Name,Arrived\nŁucja Wiśniewska,18:55\n", recorded(Content(Outcome.ABSENT))).rows[0].standing is (
        Standing.CONFLICT
    )


def test_somebody_in_the_meeting_only_before_or_after_the_session_is_said_nothing_of():
    report = "Name,Join time,Leave time\nŁucja Wiśniewska,4:00 PM,5:30 PM\nŁucja Wiśniewska,8:30 PM,9:00 PM\n"
    assert judged(report).rows[0].standing is Standing.NOTHING


def test_the_digest_is_of_what_is_shown():
    assert judged(ZOOM).digest == judged(ZOOM).digest
    assert judged(ZOOM).digest != judged(ZOOM, recorded(Content(Outcome.ABSENT))).digest


def test_the_night_the_clocks_went_back_is_judged_quickly_however_often_somebody_left():
    window = Window(datetime(2026, 11, 1, 5, 0, tzinfo=UTC), datetime(2026, 11, 1, 9, 0, tzinfo=UTC), "America/Chicago")
    here = Around(window, DeliveryMode.IN_PERSON, window.end, around().people)
    stays = "".join(f"محمد العلي,1:{n:02}:00 AM,1:{n + 1:02}:00 AM\n" for n in range(0, 56, 4))
    row = judged(f"Name,Join time,Leave time\n{stays}", here).rows[0]
    assert row.standing in {Standing.WRONG, Standing.NEW}


@given(
    st.sampled_from(["Name,Join time,Leave time\n", "Name,E-mail,Status,Arrived,Left,Out,Back,Minutes\n", ""]),
    st.text('NameJoin5PAM:/.- ()\t,;"\n0123=+,\u202f\u0661\x00łن', max_size=200),
)
def test_whatever_a_file_holds_is_judged_or_refused(header, text):
    with contextlib.suppress(PeopleListError):
        assert judged(header + text).digest


moments = st.integers(-3_000, 14_000).map(lambda seconds: START + timedelta(seconds=seconds))


@given(st.lists(st.tuples(moments, moments).map(sorted).map(tuple), max_size=8), st.integers(0, 15))
def test_presence_is_at_least_the_time_in_the_meeting_and_gaps_are_never_brief(stays, brief):
    typed = presence_of(stays, WINDOW, brief)
    inside = [(max(a, START), min(b, END)) for a, b in stays if max(a, START) < min(b, END)]
    assert (typed is None) == (not inside)
    if typed is None:
        return
    for out, back in typed.absences:
        minutes = [datetime.strptime(each, "%I:%M %p").replace(tzinfo=UTC) for each in (out, back)]
        assert (minutes[1] - minutes[0]) > timedelta(minutes=brief)


def test_typed_fields_of_a_presence_read_back_as_the_same_presence():
    row = rows(judged(ZOOM))["Nguyễn Thị Hạnh"]
    assert typed_of(Content(Outcome.PRESENT, row.content.intervals), WINDOW) == row.said
    assert len(intervals_from_text(row.content.intervals)) == 2
