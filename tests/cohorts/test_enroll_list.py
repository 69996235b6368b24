"""Enrolling from a list: shown line by line first, written whole or not at all."""

import html
import io
import re
import uuid

import pytest
from sqlalchemy import func, select

from advocates.cohorts.models import Enrollment
from advocates.database import db
from advocates.people.models import Agency, Person, PersonProfile
from tests.budgets import statements
from tests.cohorts.workbooks import workbook
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.people import make_person

NAMES = ["Łucja Nowak", "Nguyễn Thị Ánh", "王小明", "محمد الصالح", "José Ibarra-Díaz", "Tamsin Vale"]


def people(number, start=0):
    """That many lines, each another person."""
    return [f"{NAMES[n % 6]} {n},person{n}@example.org,West Side Hope,said {n}" for n in range(start, start + number)]


def check(client, cohort, text="", **more):
    return client.post_form(f"/cohorts/{cohort.id}/enroll-list", {"people": text, **more})


def confirm(client, cohort, text, **more):
    """Check the list, then press the button of the page that comes back."""
    seen = re.search(r'name="seen" value="(\w+)"', check(client, cohort, text).text)
    return check(client, cohort, text, seen=seen[1] if seen else "", confirm="yes", **more)


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_24_people_are_shown_first_and_enrolled_only_when_confirmed(as_administrator):
    cohort, text = make_cohort(), "\n".join(["Name,E-mail,Agency,Pronunciation", *people(24)])
    page = check(as_administrator, cohort, text)
    assert page.status_code == 200
    assert "Nothing is written yet." in page.text
    assert "Enroll 24 people" in page.text
    assert count(Enrollment) == 0
    done = confirm(as_administrator, cohort, text)
    assert done.text.count("http://localhost/invitations/") == 48  # each in its row, and once among all
    assert (count(Enrollment), count(Agency)) == (24, 1)


def test_links_can_be_copied_together_without_javascript_and_the_buttons_wait_for_it(as_administrator):
    page = confirm(as_administrator, make_cohort(), "\n".join(people(2))).text
    block = re.search(r"<textarea[^>]*readonly>\n(.*?)</textarea>", page, re.DOTALL)[1]
    links = re.findall(r'<code[^>]*id="link-\d">(.*?)</code>', page)
    whom = [f"{NAMES[n]} {n}\tperson{n}@example.org" for n in range(2)]
    assert sorted(block.splitlines()) == sorted(f"{who}\t{link}" for who, link in zip(whom, links, strict=True))
    assert page.count('<td data-label="E-mail">person') == 2
    buttons = re.findall(r"<button[^>]*data-copies=[^>]*>", page)
    assert len(buttons) == 3
    assert all(" hidden" in button for button in buttons)


def test_three_bad_lines_of_24_are_shown_line_by_line_and_nobody_is_enrolled(as_administrator):
    cohort, lines = make_cohort(), people(24)
    lines[4] = ",missing-name@example.org"
    lines[9] = "Ann Bell,not an address"
    lines[20] = lines[3]
    for response in (
        check(as_administrator, cohort, "\n".join(lines)),
        confirm(as_administrator, cohort, "\n".join(lines)),
    ):
        assert response.status_code == 422
        assert "3 lines of 24 are wrong." in response.text
        assert "The name is missing." in response.text
        assert "This is no e-mail address" in response.text
        assert "The same e-mail address stands in line 4." in response.text
        assert "Enroll 21" not in response.text
        assert "missing-name@example.org" in response.text
    assert (count(Enrollment), count(Person), count(Agency)) == (0, 1, 0)


def test_each_line_says_who_has_completed_and_who_goes_on(as_administrator):
    cohort = make_cohort()
    done, left = (make_person(name, email=f"{name[:3].lower()}@example.org") for name in ("Wen Harlow", "Ann Bell"))
    make_enrollment(cohort, person=done, status="completed")
    enrollment = make_enrollment(cohort, person=left)
    as_administrator.post_form(f"/enrollments/{enrollment.id}/withdraw", {"reason": "own_wish"})
    text = "Wen Harlow,wen@example.org\nAnn Bell,ann@example.org"
    page = check(as_administrator, cohort, text)
    assert page.status_code == 200
    assert "Wen Harlow has completed this training already." in page.text
    assert "Takes up the training where they left it" in page.text
    assert "Enroll 1 person" in page.text
    confirm(as_administrator, cohort, text)
    assert db.session.get_one(Enrollment, enrollment.id).status == "enrolled"


def test_a_conflicting_line_must_be_decided_and_is_done_as_decided(as_administrator):
    cohort = make_cohort()
    known = make_person("Known Already", email="k@example.org")
    text = "Somebody Else,k@example.org\nAnn Bell,ann@example.org"
    page = check(as_administrator, cohort, text).text
    assert "This address belongs to Known Already, whose" in page
    name, seen = re.search(r'name="(decision-\w+)"', page)[1], re.search(r'name="seen" value="(\w+)"', page)[1]
    undecided = check(as_administrator, cohort, text, seen=seen, confirm="yes")
    assert undecided.status_code == 422
    assert count(Enrollment) == 0
    left_out = check(as_administrator, cohort, text, seen=seen, confirm="yes", **{name: "leave_out"})
    assert left_out.status_code == 200
    assert db.session.scalars(
        select(PersonProfile.chosen_name).join_from(
            PersonProfile, Enrollment, Enrollment.person_id == PersonProfile.person_id
        )
    ).all() == ["Ann Bell"]
    page = check(as_administrator, cohort, text).text
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]
    check(as_administrator, cohort, text, seen=seen, confirm="yes", **{name: "enroll"})
    assert set(db.session.scalars(select(Enrollment.person_id))) > {known.id}
    assert db.session.get_one(PersonProfile, known.id).chosen_name == "Known Already"


def test_what_changed_since_it_was_shown_is_shown_again_and_nothing_is_written(as_administrator):
    cohort, text = make_cohort(), "Ann Bell,ann@example.org"
    seen = re.search(r'name="seen" value="(\w+)"', check(as_administrator, cohort, text).text)[1]
    make_person("Anne Bell-Carr", email="ann@example.org")
    response = check(as_administrator, cohort, text, seen=seen, confirm="yes")
    assert response.status_code == 422
    assert "This address belongs to Anne Bell-Carr, whose" in response.text
    assert count(Enrollment) == 0


def test_the_same_list_twice_changes_nothing(as_administrator):
    cohort, text = make_cohort(), "\n".join([*people(3), "Without Mail"])
    confirm(as_administrator, cohort, text)
    before = (count(Enrollment), count(Person))
    again = check(as_administrator, cohort, text)
    assert "There is nothing to do." in again.text
    assert 'name="confirm"' not in again.text
    assert confirm(as_administrator, cohort, text).status_code == 303
    assert (count(Enrollment), count(Person)) == before == (4, 5)


def test_a_longer_list_adds_only_who_is_new(as_administrator):
    cohort = make_cohort()
    make_person(f"{NAMES[4]} 4".upper(), email="person4@example.org")
    confirm(as_administrator, cohort, "\n".join(people(3)))
    page = check(as_administrator, cohort, "\n".join(people(5)))
    assert "Enroll 2 people" in page.text
    assert "known as JOSÉ IBARRA-DÍAZ 4" in page.text
    confirm(as_administrator, cohort, "\n".join(people(5)))
    assert count(Enrollment) == 5
    assert db.session.scalars(select(PersonProfile).filter_by(chosen_name="JOSÉ IBARRA-DÍAZ 4")).one()


def test_a_list_changed_after_it_was_shown_is_shown_again(as_administrator):
    cohort = make_cohort()
    shown = check(as_administrator, cohort, "Ann Bell").text
    seen = re.search(r'name="seen" value="(\w+)"', shown)[1]
    response = check(as_administrator, cohort, "Somebody Else", seen=seen, confirm="yes")
    assert "Somebody Else" in response.text
    assert count(Enrollment) == 0


def test_browsers_line_ends_do_not_count_as_a_change(as_administrator):
    cohort = make_cohort()
    seen = re.search(r'name="seen" value="(\w+)"', check(as_administrator, cohort, "Ann Bell\nBo Carr\n").text)[1]
    check(as_administrator, cohort, "Ann Bell\r\nBo Carr", seen=seen, confirm="yes")
    assert count(Enrollment) == 2


@pytest.mark.parametrize(
    ("encoding", "is_guess"), [("utf-8", False), ("utf-8-sig", False), ("utf-16", False), ("cp1252", True)]
)
def test_an_uploaded_file_is_read_in_its_encoding_and_a_guess_is_said(as_administrator, encoding, is_guess):
    content = "Name,Email\nJosé Ibarra,jose@example.org".encode(encoding)
    response = check(as_administrator, make_cohort(), file=(io.BytesIO(content), "people.csv"))
    assert response.status_code == 200
    assert response.text.count("José Ibarra") == 2  # in the table and in the list to be mended
    assert ("CSV UTF-8" in response.text) is is_guess


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04xlsx", "This workbook cannot be read."),
        (b"", "nobody on this list"),
        (b"A\n" * 50_000, "more than 2000 people"),
        (b"\x00\x01\x02\x00" * 50, "no list of people"),
    ],
)
def test_a_file_that_is_no_list_is_refused(as_administrator, content, said):
    response = check(as_administrator, make_cohort(), file=(io.BytesIO(content), "people.csv"))
    assert response.status_code == 422
    assert said in response.text


def test_nothing_at_all_is_refused_at_the_field(as_administrator):
    assert "Paste a list or choose a file." in check(as_administrator, make_cohort()).text


def test_a_line_with_nul_is_wrong_and_the_others_are_read(as_administrator):
    content = (io.BytesIO(b"Ann Bell,a@example.org\nBo\0Carr,b@example.org"), "people.csv")
    response = check(as_administrator, make_cohort(), file=content)
    assert response.status_code == 422
    assert "1 line of 2 is wrong." in response.text
    assert "holds a character that cannot be read" in response.text


def test_an_import_interrupted_halfway_leaves_nothing(as_administrator, monkeypatch):
    cohort, text = make_cohort(), "\n".join(people(5))
    people_before = count(Person)

    def fail(*_args, **_more):
        raise OSError("the disk is gone")

    monkeypatch.setattr("advocates.cohorts.enrolling.invite_many", fail)  # after people and enrollments were written
    with pytest.raises(OSError, match="disk"):
        confirm(as_administrator, cohort, text)
    db.session.rollback()
    assert (count(Enrollment), count(Person), count(Agency)) == (0, people_before, 0)


def test_formulas_and_markup_stay_text(as_administrator):
    response = check(as_administrator, make_cohort(), '"=HYPERLINK(""x"")"\n<script>alert(1)</script> Bell')
    assert "begins like a spreadsheet formula" in response.text
    assert "<script>alert" not in response.text


def test_more_people_than_seats_are_refused(as_administrator):
    cohort = make_cohort(capacity=3)
    response = confirm(as_administrator, cohort, "\n".join(people(5)))
    assert response.status_code == 422
    assert "2 seats are missing." in response.text
    assert count(Enrollment) == 0


def test_a_confirmation_sent_twice_enrolls_once(as_administrator):
    cohort, key = make_cohort(), str(uuid.uuid4())
    text = "\n".join(people(3))
    seen = re.search(r'name="seen" value="(\w+)"', check(as_administrator, cohort, text).text)[1]
    for _ in range(2):
        check(as_administrator, cohort, text, seen=seen, confirm="yes", request_key=key)
    assert count(Enrollment) == 3


def test_only_administrators_enroll_and_a_missing_cohort_is_404(client, as_administrator):
    cohort = make_cohort()
    assert as_administrator.get(f"/cohorts/{uuid.uuid4()}/enroll-list").status_code == 404
    assert as_administrator.get(f"/cohorts/{cohort.id}/enroll-list").status_code == 200
    assert check(client, cohort, "Ann Bell").location.startswith("/sign-in")
    client.sign_in(make_person("Rosa Ebel", roles=["trainer"], cohort_id=cohort.id).id)
    assert check(client, cohort, "Ann Bell").status_code == 403


def test_statements_do_not_grow_with_the_lines(as_administrator):
    shown, written = [], []
    for number, start in ((1, 0), (3, 10), (30, 20)):
        cohort, text = make_cohort(), "\n".join(people(number, start))
        with statements() as sent:
            page = check(as_administrator, cohort, text)
        shown.append(len(sent))
        seen = re.search(r'name="seen" value="(\w+)"', page.text)[1]
        with statements() as sent:
            check(as_administrator, cohort, text, seen=seen, confirm="yes")
        written.append(len(sent))
    # the sign-in; whether the form was done (PostgreSQL locks its key first); the cohort; its version; who is known;
    # who is here; seats taken; the agencies' quotas
    assert shown[0] == shown[1] == shown[2] <= 9, shown
    assert written[1] == written[2] <= 32, written  # the first also adds the agency


def test_a_thousand_rows_of_a_workbook_take_no_more_statements_and_change_nothing_twice(as_administrator, monkeypatch):
    monkeypatch.setattr("tests.client.check_page", lambda _html: None)  # sound as that of a short list, and long
    cohort = make_cohort(capacity=1000)
    rows = [["Name", "E-mail", "Agency"], *([f"{NAMES[n % 6]} {n}", f"p{n}@example.org", "Hope"] for n in range(1000))]
    content = workbook(*rows)
    with statements() as sent:
        page = check(as_administrator, cohort, file=(io.BytesIO(content), "people.xlsx")).text
    assert len(sent) <= 9
    text = html.unescape(re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", page, re.DOTALL)[1])
    assert "Enroll 1000 people" in page
    with statements() as sent:
        confirm(as_administrator, cohort, text)
    assert len(sent) <= 45  # looking at it once more, then writing
    assert count(Enrollment) == 1000
    again = check(as_administrator, cohort, file=(io.BytesIO(content), "people.xlsx"))
    assert "There is nothing to do." in again.text
    confirm(as_administrator, cohort, text)
    assert (count(Enrollment), count(Person)) == (1000, 1001)
