"""Reading Excel workbooks: what people see in theirs, and what must never get in."""

import io
import tracemalloc
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from advocates.cohorts.rules import Newcomer, PeopleListError, read_file, read_people
from tests.cohorts.workbooks import changed, saved, workbook

PERSON = ["Łucja Nowak", "lucja@example.org", "West Side Hope", "WOO-tsya"]
HEADER = ["Name", "E-mail", "Agency", "Pronunciation"]


def newcomers(content):
    return [line.newcomer for line in read_people(read_file(content).text).lines]


def test_a_workbook_reads_like_the_same_list_pasted():
    content = workbook(HEADER, PERSON, [None] * 4, ["محمد الصالح"])
    assert newcomers(content) == [Newcomer(*PERSON), Newcomer("محمد الصالح")]
    assert [line.number for line in read_people(read_file(content).text).lines] == [2, 4]


def test_only_the_first_visible_sheet_is_read_and_the_others_are_named():
    book = openpyxl.Workbook()
    book.active.sheet_state = "hidden"
    book.create_sheet("Roster").append(PERSON)
    book.create_sheet("Notes").append(["x"])
    read = read_file(saved(book))
    assert (read.text, read.unread_sheets) == (",".join(PERSON), ["Notes"])


def test_a_cell_merged_over_rows_stands_in_each_of_them():
    rows = [HEADER, ["Ann Bell", None, "West Side Hope"], ["Bo Carr"], ["Cy Dunn"], ["Di Eck", None, "Other"]]
    found = [newcomer.agency for newcomer in newcomers(workbook(*rows, merge="C2:C4"))]
    assert found == ["West Side Hope", "West Side Hope", "West Side Hope", "Other"]


def test_a_title_merged_above_the_header_is_no_person():
    read = read_file(workbook(["Roster of spring"], HEADER, PERSON, merge="A1:D1"))
    assert (read.above, len(read_people(read.text).lines)) == ([1], 1)


def test_days_and_numbers_are_written_plainly():
    header = ["Name", "Agency", "Pronunciation"]
    moment = datetime.fromisoformat("2024-12-20 09:30")
    content = workbook(header, ["Ann Bell", date(2024, 12, 20), 7.0], ["Bo Carr", moment, True])
    assert read_file(content).text.splitlines()[1:] == ["Ann Bell,2024-12-20,7", "Bo Carr,2024-12-20 09:30,TRUE"]


def test_a_formula_is_never_taken_for_a_name():
    lines = read_people(read_file(workbook(HEADER, ['=HYPERLINK("http://x")', "a@example.org"])).text).lines
    assert [problem.path for problem in lines[0].problems] == ["chosen_name"]


def test_columns_that_are_not_read_are_dropped_at_once():
    read = read_file(workbook(["Name", "Home phone", "E-mail"], ["Ann Bell", "555-0100", "a@example.org"]))
    assert read.unread == ["Home phone"]
    assert "555" not in read.text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (changed(workbook(PERSON), xl__vbaProject_bin=b"macro"), "macros"),
        (changed(workbook(PERSON), xl__extra_xml=b"0" * 40_000_000), "more than 30 MB"),
        (
            changed(
                workbook(PERSON),
                xl__workbook_xml=b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
            ),
            "declarations",
        ),
        (changed(workbook(PERSON), xl__workbook_xml=b"<broken"), "cannot be read"),
        (workbook(PERSON)[:-200], "cannot be read"),
        (b"\xd0\xcf\x11\xe0 old", "password"),
        (workbook([]), "nobody on this list"),
    ],
    ids=["macros", "bomb", "entity", "broken", "cut off", "old or with password", "empty"],
)
def test_what_is_no_harmless_workbook_is_refused_with_a_sentence(content, said):
    with pytest.raises(PeopleListError, match=said):
        read_file(content)


def test_an_archive_that_is_no_workbook_says_so():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    with pytest.raises(PeopleListError, match="another kind of document"):
        read_file(out.getvalue())


def _many(number):
    """Written by hand: openpyxl would take seconds."""
    cells = "".join(f'<c r="{column}{{n}}" t="inlineStr"><is><t>Person {{n}}</t></is></c>' for column in "ABCD")
    rows = "".join(f'<row r="{n}">{cells.format(n=n)}</row>' for n in range(1, number + 1))
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}'
    return changed(workbook(PERSON), xl__worksheets__sheet1_xml=f"{sheet}</sheetData></worksheet>")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_fifty_thousand_rows_are_refused_with_a_sentence_and_flat_memory(kind):
    rows = "\n".join(f"Person {n},person{n}@example.org,West Side Hope,said" for n in range(50_000))
    content = rows.encode() if kind == "csv" else _many(50_000)
    small = rows[:200].rpartition("\n")[0].encode() if kind == "csv" else _many(10)
    read_file(small)  # what reads files is loaded
    tracemalloc.start()
    try:
        with pytest.raises(PeopleListError, match="more than 2000 people"):
            read_file(content)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 5_000_000 + 6 * len(content)


def test_a_sheet_whose_only_row_stands_very_far_down_is_refused():
    book = openpyxl.Workbook()
    book.active["A90000"] = "Ann Bell"
    with pytest.raises(PeopleListError, match="beyond row 60000"):
        read_file(saved(book))


def test_a_huge_cell_is_cut_before_it_is_copied():
    lines = read_people(read_file(workbook(HEADER, ["x" * 30_000, "a@example.org"])).text).lines
    assert "longer than 100" in str(lines[0].problems[0])
