"""Which column of a file is which."""

import pytest

from advocates.cohorts.rules import PeopleListError
from advocates.mark_files.rules import Kind, read_file, read_text
from tests.cohorts.workbooks import workbook
from tests.mark_files.reports import TABLE, TEAMS, ZOOM, teams_file


def people(file):
    return [(line.number, line.cells.get("name"), line.cells.get("joined")) for line in file.lines]


def test_zooms_report_is_read_below_its_header_block():
    file = read_file(ZOOM.encode())
    assert file.kind is Kind.MEETING
    assert people(file)[0] == (5, "Bertil Oakes", "10/20/2026 05:21:12 PM")
    assert len(file.lines) == 7
    assert file.unread == ("Duration (Minutes)", "Guest", "Recording Consent")


WITH_COMMAS = TEAMS.replace(", ", " ").replace("\t", ",")


@pytest.mark.parametrize("content", [teams_file(), TEAMS.encode("utf-8-sig"), WITH_COMMAS.encode()])
def test_teams_report_is_read_where_it_says_each_joining(content):
    file = read_file(content)
    assert (file.kind, file.is_rough, file.zone) == (Kind.MEETING, False, None)
    names = [name for _, name, _ in people(file)]
    assert names == ["Bertil Oakes", *["Łucja Wiśniewska"] * 2, *["Nguyễn Thị Hạnh (Guest)"] * 2, "iPhone (Unverified)"]
    assert "Role" in file.unread


def test_teams_report_without_activities_tells_only_the_first_and_the_last():
    file = read_text(TEAMS.partition("3. In-Meeting")[0])
    assert file.is_rough
    assert len(file.lines) == 4
    assert file.lines[1].cells["first_joined"] == "10/20/26, 5:28:10 PM"


def test_a_webinars_report_has_a_table_for_each_kind_of_people():
    head = "Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes)\n"
    file = read_text(
        "Attendee Report\nReport generated time,10/20/2026 08:40 PM\nTopic,Webinar ID\nEvening 1,1\n"
        f"Host Details\n{head}Yes,Bertil Oakes,b@example.org,10/20/2026 17:20,10/20/2026 20:40,200\n"
        f"Attendee Details\n{head}Yes,Łucja,l@example.org,10/20/2026 17:30,10/20/2026 20:30,180\n"
    )
    assert people(file) == [(7, "Bertil Oakes", "10/20/2026 17:20"), (10, "Łucja", "10/20/2026 17:30")]


@pytest.mark.parametrize(
    ("header", "zone"),
    [
        ("Name,Join Time (UTC),Leave Time (UTC)", "UTC"),
        ("Name,Join time (GMT-05:00),Leave time (GMT-05:00)", "GMT-05:00"),
        ("Name,Join time,Leave time", None),
    ],
)
def test_a_header_may_state_the_zone(header, zone):
    file = read_text(f"{header}\nŁucja,2026-10-20 22:30,2026-10-21 01:30\n")
    assert file.zone == zone
    assert read_text(file.text).zone == zone


@pytest.mark.parametrize("text", [ZOOM, TEAMS, TABLE, TEAMS.partition("3. In-Meeting")[0]])
def test_a_file_written_back_reads_the_same_in_the_same_lines(text):
    file = read_text(text)
    again = read_text(file.text)
    assert (again.kind, again.lines, again.is_rough) == (file.kind, file.lines, file.is_rough)
    assert again.unread == ()


def test_a_workbook_reads_like_a_text():
    file = read_file(workbook(["Evening 1"], ["Name", "Status", "Arrived"], ["Łucja", "present", "5:55 pm"]))
    assert [line.cells for line in file.lines] == [{"name": "Łucja", "status": "present", "arrived": "5:55 pm"}]


def test_out_alone_is_the_departure_as_on_a_sign_in_sheet():
    assert read_text("Name,In,Out\nŁucja,5:30,8:20\n").lines[0].cells["left"] == "8:20"
    assert read_text("Name,In,Left,Out,Back\nŁucja,,,6:40,7:00\n").lines[0].cells["out1"] == "6:40"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "nothing in this file"),
        (b"\n\n , ,\n", "nothing in this file"),
        ("Łucja,present\n".encode(), "No line names the columns"),
        (b"Name,Agency\nAnn,West\n", "No line names the columns"),
        (b"Name,Status\n", "nobody below it"),
        (b"Name,Name,Status\nA,B,present\n", "names a column twice"),
        (b"Name (Original Name),User Email,Total Duration (Minutes),Guest\nAnn,,120,Yes\n", "Show unique users"),
        (b"Name,Status\n" + b"Ann,present\n" * 2_020, "more than 2000"),
        (b"Name,Status\n" + b"A" * 999 + b",present\n", None),
        (b"Name,Status\n" + b"Ann,present\n" * 40_000, "more than"),
        (b"Name,Status\n" + b"".join(b"Person %d,present\n" % n for n in range(201)), "more than 200 people"),
        (b"Name,Join time (UTC+99),Leave time (UTC+99)\nAnn,17:30,20:30\n", r"UTC\+99 is no time zone"),
        (b"\0" * 500, "no list of people"),
        (b"\xd0\xcf\x11\xe0old", "old Excel file"),
        (b"PK\x03\x04broken", "cannot be read"),
        (b'Name,Status\n"Ann,present\n', "quotation mark"),
    ],
)
def test_what_cannot_be_read_is_refused_whole(content, said):
    if said is None:
        assert read_file(content).lines
        return
    with pytest.raises(PeopleListError, match=said):
        read_file(content)
