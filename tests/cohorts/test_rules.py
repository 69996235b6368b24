"""Reading a list of people, judging who is on it, and the moves between statuses."""

import pytest

from advocates.cohorts.rules import (
    OPEN_STATUSES,
    Decision,
    EnrollmentStatus,
    KnownPerson,
    Line,
    Newcomer,
    PeopleListError,
    Standing,
    Surroundings,
    decode,
    judge,
    may_become,
    read_people,
)
from advocates.database import new_id


def newcomers(text):
    return [line.newcomer for line in read_people(text).lines]


def problems(text):
    return [(problem.path, str(problem)) for line in read_people(text).lines for problem in line.problems]


@pytest.mark.parametrize(
    "text",
    [
        "Łucja Nowak,lucja@example.org,West Side Hope,WOO-tsya",
        "Łucja Nowak;lucja@example.org;West Side Hope;WOO-tsya\r\n",
        "Łucja Nowak\tlucja@example.org\tWest Side Hope\tWOO-tsya",
        "Name,E-mail,Agency,Pronunciation\nŁucja Nowak,lucja@example.org,West Side Hope,WOO-tsya",
        "email,pronunciation,full name,organization\nlucja@example.org,WOO-tsya,Łucja Nowak,West Side Hope",
        "\ufeffName,E-mail,Agency,Pronunciation\n\r\n Łucja  Nowak ,lucja@example.org,West Side Hope,WOO-tsya\r\n,,\n",
    ],
    ids=["commas", "semicolons", "tabs", "header", "own order", "blank lines and spaces"],
)
def test_one_person_reads_the_same_however_the_list_is_written(text):
    assert newcomers(text) == [Newcomer("Łucja Nowak", "lucja@example.org", "West Side Hope", "WOO-tsya")]


def test_only_the_name_is_needed():
    assert newcomers("محمد الصالح\n王小明") == [Newcomer("محمد الصالح"), Newcomer("王小明")]


def test_a_quoted_name_may_hold_a_comma_and_lines_keep_their_numbers():
    lines = read_people('name,email\n\n"Reyes, Marisol",m@example.org\n').lines
    assert [(line.number, line.newcomer.chosen_name) for line in lines] == [(3, "Reyes, Marisol")]


@pytest.mark.parametrize(
    ("row", "path", "said"),
    [
        (",a@example.org", "chosen_name", "missing"),
        ("1234,a@example.org", "chosen_name", "missing"),
        ("x" * 101, "chosen_name", "longer than 100"),
        ("Ann\u202eBell", "chosen_name", "U+202E"),
        ("Ann Bell,ann.example.org", "email", "no e-mail address"),
        ("Bell, Ann,ann@example.org", "email", "no e-mail address"),
        ("Ann Bell,,Agency,said,more", "", "more than 4 cells"),
        ("=HYPERLINK(0)", "chosen_name", "formula"),
        ("=1+1", "chosen_name", "formula"),
        ("-", "chosen_name", "missing"),
        ("Ann Bell,,@SUM(1)", "agency", "formula"),
        ("Ann Bell,," + "x" * 201, "agency", "longer than 200"),
        ("Ann Bell,,caf\ufffd", "agency", "cannot be read"),
    ],
)
def test_a_wrong_line_says_where_and_why(row, path, said):
    found = problems(f"Good Person,good@example.org\n{row}")
    assert [p for p, _ in found] == [path]
    assert said in found[0][1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "nobody on this list"),
        (" \n,,\n", "nobody on this list"),
        ("name,email", "nobody below"),
        ("email,agency\na@example.org,X", "no column called Name"),
        ("name,name\nA,B", "names a column twice"),
        ('Ann\n"Bell,b@example.org', "quotation mark"),
        ("\n".join(f"Person {n}" for n in range(2001)), "more than 2000 people"),
        ("x" * 400_001, "longer than 400 KB"),
    ],
)
def test_what_cannot_be_read_as_a_list_is_refused_whole(text, said):
    with pytest.raises(PeopleListError, match=said):
        read_people(text)


def test_titles_above_the_header_and_names_in_two_columns_are_read():
    people = read_people("Roster of spring\n\nFirst name,Last name,Mail,Age\nMarisol,Reyes,m@example.org,31")
    assert [line.newcomer for line in people.lines] == [Newcomer("Marisol Reyes", "m@example.org")]
    assert (people.above, people.unread, people.lines[0].number) == ([1], ["Age"], 4)


def test_an_error_of_the_spreadsheet_is_no_name():
    assert problems("Ann Bell\n#N/A") == [
        ("chosen_name", "chosen_name: This is an error of the spreadsheet. Type the text itself.")
    ]


@pytest.mark.parametrize(
    "text",
    [
        '"Bell; Ann",a@example.org\n"Carr; Bo",b@example.org',
        'name,phone,email,agency\n\n"Reyes, ""M""",1,m@example.org,"A\nB"\nWen,2,,,extra',
        "Ann\tann@example.org\n\n\nBo\t",
    ],
)
def test_a_list_written_back_reads_the_same(text):
    people = read_people(text)
    again = read_people(people.text)
    numbers = [line.number for line in people.lines]
    assert [line.newcomer for line in again.lines] == [line.newcomer for line in people.lines]
    assert [line.number for line in again.lines] == numbers
    assert [bool(line.problems) for line in again.lines] == [bool(line.problems) for line in people.lines]
    assert "phone" not in people.text


def test_columns_that_are_not_read_are_named():
    people = read_people("name,phone,email,shoe size\nAnn Bell,1,ann@example.org,2")
    assert list(people.unread) == ["phone", "shoe size"]
    assert people.lines[0].newcomer == Newcomer("Ann Bell", "ann@example.org")


@pytest.mark.parametrize(
    ("content", "text", "is_guess"),
    [
        ("José".encode(), "José", False),
        (b"\xef\xbb\xbf" + "José".encode(), "José", False),
        ("José".encode("utf-16"), "José", False),
        ("José ’".encode("cp1252"), "José ’", True),
    ],
)
def test_encodings(content, text, is_guess):
    assert decode(content) == (text, is_guess)


def standings(people, **around):
    lines = [Line(n, newcomer) for n, newcomer in enumerate(people, 1)]
    judgment = judge(lines, Surroundings(**{"free_seats": 10, **around}))
    return [row.standing for row in judgment.rows], judgment


def test_each_person_stands_as_new_known_here_or_wrong():
    me = new_id()
    known = {
        "known@example.org": KnownPerson(new_id(), "Known"),
        "here@example.org": KnownPerson(new_id(), "Here", is_here=True, cohort="This"),
        "other@example.org": KnownPerson(new_id(), "Other", cohort="Spring 2026"),
        "me@example.org": KnownPerson(me, "Me"),
    }
    people = [
        Newcomer("New", "new@example.org"),
        Newcomer("Known", "KNOWN@example.org"),
        Newcomer("Here", "here@example.org"),
        Newcomer("Other", "other@example.org"),
        Newcomer("Me", "me@example.org"),
        Newcomer("without e-mail"),
    ]
    found, judgment = standings(people, known=known, actor_id=me, names_here=frozenset({"without e-mail"}))
    assert found == [Standing.NEW, Standing.KNOWN, Standing.HERE, Standing.LEFT_OUT, Standing.LEFT_OUT, Standing.HERE]
    assert "Spring 2026" in str(judgment.rows[3].conflict)
    assert [row.line.newcomer.chosen_name for row in judgment.enrolling] == ["New", "Known"]


OTHER_NAME = {"a@example.org": KnownPerson(new_id(), "Ann Bell", certificate_name="Ann Marie Bell")}


@pytest.mark.parametrize(
    ("newcomer", "around", "is_conflict"),
    [
        (Newcomer("Ann Bell", "a@example.org"), {"known": OTHER_NAME}, False),
        (Newcomer("ANN BELL", "A@example.org"), {"known": OTHER_NAME}, False),
        (Newcomer("Ann Marie Bell", "a@example.org"), {"known": OTHER_NAME}, False),
        (Newcomer("Bo Carr", "a@example.org"), {"known": OTHER_NAME}, True),
        (Newcomer("Wen", "w@example.org"), {"without_email_here": frozenset({"wen"})}, True),
        (Newcomer("Wen", "w@example.org"), {"names_here": frozenset({"wen"})}, False),
    ],
)
def test_a_line_that_contradicts_what_is_known_waits_for_a_decision(newcomer, around, is_conflict):
    (standing,), judgment = standings([newcomer], **around)
    assert (standing is Standing.CONFLICT) is is_conflict
    assert judgment.may_enroll is not is_conflict
    if is_conflict:
        row, lines = judgment.rows[0], [Line(1, newcomer)]
        person = row.person
        for decision, after in (
            (Decision.ENROLL, Standing.KNOWN if person else Standing.NEW),
            (Decision.LEAVE_OUT, Standing.LEFT_OUT),
        ):
            decided = judge(lines, Surroundings(**{"free_seats": 1, **around}), {row.key: decision})
            assert [each.standing for each in decided.rows] == [after]
            assert decided.may_enroll
            assert decided.digest == judgment.digest


def test_a_decision_holds_for_its_person_and_not_for_the_line():
    around = Surroundings(known=OTHER_NAME, free_seats=2)
    decisions = {judge([Line(1, Newcomer("Bo Carr", "a@example.org"))], around).rows[0].key: Decision.ENROLL}
    moved = judge([Line(7, Newcomer("Bo Carr", "a@example.org"))], around, decisions)
    other = judge([Line(1, Newcomer("Cy Dunn", "a@example.org"))], around, decisions)
    assert [row.standing for row in (*moved.rows, *other.rows)] == [Standing.KNOWN, Standing.CONFLICT]


def test_what_can_only_be_left_out_is_never_enrolled():
    known = {"o@example.org": KnownPerson(new_id(), "Other", cohort="Spring 2026")}
    lines, around = [Line(1, Newcomer("Other", "o@example.org"))], Surroundings(known=known, free_seats=1)
    key = judge(lines, around).rows[0].key
    assert [row.standing for row in judge(lines, around, {key: Decision.ENROLL}).rows] == [Standing.LEFT_OUT]


def test_the_digest_tells_whether_what_was_shown_is_what_would_be_done():
    lines = [Line(1, Newcomer("Ann Bell", "a@example.org"))]
    around = [
        Surroundings(free_seats=9),
        Surroundings(free_seats=9, known=OTHER_NAME),
        Surroundings(free_seats=9, known={"a@example.org": KnownPerson(new_id(), "Ann Bell", is_here=True)}),
        Surroundings(free_seats=9, known={"a@example.org": KnownPerson(new_id(), "Ann Bell", reopens=new_id())}),
    ]
    digests = [judge(lines, each).digest for each in around]
    assert len(set(digests)) == len(digests)
    assert judge(lines, Surroundings(free_seats=3)).digest == digests[0]


def test_the_second_of_two_equal_lines_is_wrong():
    people = [Newcomer("A", "a@example.org"), Newcomer("B", "A@example.org"), Newcomer("Ann"), Newcomer("ANN")]
    found, judgment = standings(people)
    assert found == [Standing.NEW, Standing.WRONG, Standing.NEW, Standing.WRONG]
    assert "line 1" in str(judgment.rows[1].line.problems[0])


def test_people_already_here_need_no_seat():
    here = {"here@example.org": KnownPerson(new_id(), "Here", is_here=True)}
    people = [Newcomer("Here", "here@example.org"), Newcomer("A"), Newcomer("B")]
    assert standings(people, known=here, free_seats=2)[1].may_enroll
    assert standings(people, known=here, free_seats=1)[1].seats_missing == 1


@pytest.mark.parametrize("before", EnrollmentStatus)
@pytest.mark.parametrize("after", EnrollmentStatus)
def test_closed_enrollments_never_open_again_and_nothing_becomes_itself(before, after):
    if before == after or (before not in OPEN_STATUSES and after in OPEN_STATUSES):
        assert not may_become(before, after)


def test_every_open_status_may_be_withdrawn():
    assert all(may_become(status, EnrollmentStatus.WITHDRAWN) for status in OPEN_STATUSES)
