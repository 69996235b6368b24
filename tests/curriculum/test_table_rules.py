"""CSV tables: what a spreadsheet saves is read, what is wrong is named by line and column, and all comes back."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocates.curriculum.delivery import TEACHING_MODES, DeliveryMode
from advocates.curriculum.rules import (
    CompetencyEntry,
    CurriculumFileError,
    ModuleDocument,
    place,
    read_framework,
    read_modules,
    write_modules,
)
from advocates.curriculum.shipped import NAMES
from tests.factories.curriculum import shipped_document

CHICAGO = shipped_document()
HEADER = "key,title,contact_minutes,domain"


def refusals(content, read=lambda content: read_modules(content, CHICAGO)):
    with pytest.raises(CurriculumFileError) as refused:
        read(content.encode() if isinstance(content, str) else content)
    return [(place(problem.path, {}), problem.message % problem.values) for problem in refused.value.problems]


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_curriculums_modules_come_back_the_same(name):
    document = shipped_document(name)
    assert read_modules(write_modules(document).encode("utf-8-sig"), document) == document


@pytest.mark.parametrize(
    "encoded",
    [
        "key;title;contact_minutes;domain\r\nB1;Café, first;90;role\r\n".encode("cp1252"),
        "key\ttitle\tcontact_minutes\tdomain\nB1\tCafé, first\t90\trole\n".encode("utf-16"),
        'Key,Title,Contact minutes,DOMAIN\n\n"B1","Café, first",90,role\n,,,\n'.encode("utf-8-sig"),
        'domain,contact_minutes,title,key\rrole,90,"Café, first",B1'.encode(),
    ],
)
def test_what_a_spreadsheet_saves_is_read(encoded):
    (module,) = read_modules(encoded, CHICAGO).modules
    assert (module.key, module.title, module.contact_minutes, module.domain) == ("B1", "Café, first", 90, "role")
    assert (module.required, module.observed_skills, module.content_note) == (True, False, None)


def test_only_the_modules_are_another():
    read = read_modules(f"{HEADER}\nB1,One,90,role".encode(), CHICAGO)
    assert replace(read, modules=CHICAGO.modules) == CHICAGO


def test_a_cell_that_lists_has_one_on_each_line():
    content = (
        f'{HEADER},objectives,delivery_modes,prerequisites\nB1,One,90,role,"Say A\nSay B","in_person\nlive_online",B0'
    )
    (module,) = read_modules(content.encode(), CHICAGO).modules
    assert module.objectives == ("Say A", "Say B")
    assert module.delivery_modes == (DeliveryMode.IN_PERSON, DeliveryMode.LIVE_ONLINE)
    assert module.prerequisites == ("B0",)


@pytest.mark.parametrize(
    ("content", "where", "said"),
    [
        ("", "", "This file is empty."),
        (HEADER, "", "There must be at least one module."),
        ("key,title,domain\nB1,One,role", "line 1", "The column “contact_minutes” is missing."),
        (f"{HEADER},colour\nB1,One,90,role,red", "line 1", "The column “colour” is not known."),
        (f"{HEADER},title\nB1,One,90,role,Two", "line 1", "The column “title” is named twice."),
        (f"{HEADER}\nB1,One,90,role\nB1,Two,60,role", "line 3, column key", "This is given more than once."),
        (f"{HEADER}\nB1,One,1.5,role", "line 2, column contact_minutes", "This must be a whole number from 1 to 6000."),
        (f"{HEADER}\nB1,One,²,role", "line 2, column contact_minutes", "This must be a whole number from 1 to 6000."),
        (f"{HEADER}\nB1,One,-90,role", "line 2, column contact_minutes", "This must be a whole number from 1 to 6000."),
        (f"{HEADER}\nB1,One", "line 2, column domain", "This must not be empty."),
        (f"{HEADER}\nB1,One,90,role,more", "line 2", "This line has more cells than the header."),
        (f"{HEADER}\nB1,a\0b,90,role", "line 2, column title", "This contains a character that cannot be printed."),
        (f"{HEADER},required\nB1,One,90,role,maybe", "line 2, column required", "This must be true or false."),
        (
            f"{HEADER},delivery_modes\nB1,One,90,role,equivalent_activity",
            "line 2, column delivery_modes",
            "This must be one of: in_person, live_online, self_paced.",
        ),
        (f'{HEADER}\nB1,"One,90,role', "line 2", "A quotation mark is never closed"),
        (f"{HEADER}\n" + "B1,One,90,role\n" * 50_000, "", "There are more than 200 rows."),
        (f"{HEADER}\nB1,{'x' * 200_000},90,role", "line 2", "a cell is far too long"),
        (b"PK\x03\x04rest", "", "This is a spreadsheet or an archive."),
        (b"x" * 1_000_001, "", "This file is larger than 1 MB."),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_column(content, where, said):
    found = refusals(content)
    assert any(path == where and said in sentence for path, sentence in found), found


def test_every_wrong_cell_is_named_at_once():
    assert [path for path, _ in refusals(f"{HEADER}\nB1,,0,role\nB2,Two,60,")] == [
        "line 2, column title",
        "line 2, column contact_minutes",
        "line 3, column domain",
    ]


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", "'=1", "''-x", "'plain"])
def test_no_cell_that_is_written_begins_like_a_formula(title):
    first, *others = CHICAGO.modules
    document = replace(CHICAGO, modules=(replace(first, title=title), *others))
    written = write_modules(document)
    assert f",{title}," not in written or title == "'plain"
    assert read_modules(written.encode(), document) == document


PRINTED = st.characters(exclude_categories=["Cc", "Cs"])
TEXT = st.text(PRINTED, min_size=1, max_size=20).map(str.strip).filter(bool)
KEYS = st.lists(TEXT, max_size=3, unique=True).map(tuple)
MODULE = st.builds(
    ModuleDocument,
    key=TEXT,
    title=TEXT,
    contact_minutes=st.integers(1, 6000),
    domain=TEXT,
    objectives=KEYS,
    content_note=st.none() | TEXT,
    observed_skills=st.booleans(),
    required=st.booleans(),
    equivalent_activity=st.none() | TEXT,
    competencies=KEYS,
    delivery_modes=st.sets(st.sampled_from(TEACHING_MODES)).map(
        lambda modes: tuple(mode for mode in TEACHING_MODES if mode in modes)
    ),
    prerequisites=KEYS,
)


@given(st.lists(MODULE, min_size=1, max_size=4, unique_by=lambda module: module.key))
def test_any_modules_come_back_the_same(modules):
    document = replace(CHICAGO, modules=tuple(modules))
    assert read_modules(write_modules(document).encode("utf-8-sig"), document) == document


def test_a_framework_is_read_in_its_order():
    assert read_framework(b"\xef\xbb\xbfKey;Title;Domain\r\nC2;Listens;skills\r\nC1;Knows the law;\r\n") == (
        CompetencyEntry("C2", "Listens", "skills"),
        CompetencyEntry("C1", "Knows the law", ""),
    )


@pytest.mark.parametrize(
    ("content", "where", "said"),
    [
        ("key\nC1", "line 1", "The column “title” is missing. The columns are: key, title, domain."),
        ("key,title\nC1,Listens\nC1,Knows", "line 3, column key", "This is given more than once."),
        ("key,title\n,Listens", "line 2, column key", "This must not be empty."),
        ("key,title\n", "", "There must be at least one competency."),
        ("key,title\n" + "C,x\n" * 501, "", "There are more than 500 rows."),
    ],
)
def test_a_wrong_framework_is_told_where(content, where, said):
    assert (where, said) in refusals(content, read_framework)
