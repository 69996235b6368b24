"""A cohort's forecast: everybody with their figures, the greatest need first, and the days that would fix it."""

import re
import uuid
from datetime import date

import pytest

from tests.budgets import statements
from tests.factories.attendance import make_mark, make_signed_off
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.make_ups import make_proposal, make_version_with_activities
from tests.factories.people import make_person
from tests.factories.schedule import make_session
from tests.overview.conftest import words_on
from tests.room import make_room

SATURDAY = date(2026, 10, 24)
TIMES = re.compile(r"(\d+) h (\d+) min")


@pytest.fixture
def room(app, time):
    """After the first evening: Łucja missed it, Hạnh came late, Muhammad was there."""
    time.set("20:31")
    room = make_room(3, make_version_with_activities())
    make_mark(room.session, room.trainees[1], room.trainer, arrived="6:10 pm")
    make_signed_off(room.session, room.trainer, absent=room.trainees[:1])
    return room


@pytest.fixture
def address(room):
    return f"/cohorts/{room.cohort.id}/forecast"


def rows_on(page):
    """The words of each row, by its first name."""
    rows = re.findall(r"<tr>.*?</tr>", page[page.index("<tbody>") :], flags=re.DOTALL)
    return {words_on(row).split()[0]: words_on(row) for row in rows}


def test_the_greatest_need_stands_first_with_what_fixes_it(see, room, address):
    make_session(make_cohort(room.version, title="Winter 2026"), SATURDAY, "09:00", ((0, 0, 85),))
    rows = rows_on(see(room.trainer, address))
    assert list(rows) == ["Łucja", "Nguyễn", "محمد"]
    assert "cannot complete here" in rows["Łucja"]
    assert "Oct 24, 2026, 9:00 AM – 10:25 AM CDT Winter 2026 · 1 h 25 min" in rows["Łucja"]
    assert "Equivalent activity: 1 h 25 min" in rows["Łucja"]
    assert "at risk" in rows["Nguyễn"]
    assert "on track" in rows["محمد"]
    assert "Propose a make-up" not in rows["محمد"]


def test_without_a_session_elsewhere_no_way_is_known(see, room, address):
    page = see(room.trainer, address)
    assert "1 without a way known yet" in words_on(page)
    assert "no way known yet" in rows_on(page)["Łucja"]


def test_by_name_where_that_is_asked_for(see, room, address):
    page = see(room.trainer, f"{address}?by=name")
    # Databases differ in where they put letters with a mark.
    assert sorted(rows_on(page)) == sorted(["Nguyễn", "Łucja", "محمد"])
    assert "Greatest need first" in page


def test_the_minutes_of_everybody_add_up_to_what_is_required(see, room, address):
    make_session(room.cohort, date(2026, 10, 22), "17:30", ((2, 0, 110), (3, 0, 60)))
    make_session(make_cohort(room.version), SATURDAY, "09:00", ((0, 0, 60),))
    make_proposal(room.trainees[0], room.trainer, module=1, minutes=(0, 30))
    page = see(room.trainer, address)
    rows = re.findall(r"<tr>.*?</tr>", page[page.index("<tbody>") :], flags=re.DOTALL)
    assert len(rows) == 3
    for row in rows:
        cells = re.findall(r'<td class="number[^"]*"[^>]*><span>([^<]*)', row)
        minutes = [int(h) * 60 + int(m) for cell in cells for h, m in TIMES.findall(cell)]
        assert sum(minutes) == 2400, words_on(row)


def test_what_is_proposed_is_no_longer_in_need(see, room, address):
    make_proposal(room.trainees[1], room.trainer, minutes=(0, 40))
    assert "on track" in rows_on(see(room.trainer, address))["Nguyễn"]


def test_nobody_in_training_is_told(see, administrator):
    assert "Nobody is in training in this cohort." in see(administrator, f"/cohorts/{make_cohort().id}/forecast")


def test_the_cohort_and_the_first_screen_lead_here(see, room, address):
    assert f'href="{address}"' in see(room.trainer)
    assert f'href="{address}"' in see(room.trainer, f"/cohorts/{room.cohort.id}")


def test_strangers_and_other_roles_are_refused(client, room, address):
    assert client.get(address).location.startswith("/sign-in")
    for role in ("trainee", "auditor"):
        client.sign_in(make_person("Nuno Farrow", roles=[role], cohort_id=room.cohort.id).id)
        assert client.get(address).status_code == 403
    client.sign_in(make_person("Odo Vance", roles=["trainer"], cohort_id=make_cohort().id).id)
    assert client.get(address).status_code == 404
    assert client.get(f"/cohorts/{uuid.uuid4()}/forecast").status_code == 404


def test_it_is_only_read(app, room, address):
    assert app.test_client().sign_in(room.trainer.id).post_form(address).status_code == 405


@pytest.mark.parametrize("people", [1, 3, 30])
def test_the_page_costs_the_same_for_many(app, time, people):
    time.set("20:31")
    room = make_room(people, make_version_with_activities())
    make_signed_off(room.session, room.trainer, absent=room.trainees)
    for n in range(people):
        make_session(make_cohort(room.version), date(2026, 11, 1 + n % 28), "09:00", ((0, 0, 85), (1, 0, 85)))
        make_proposal(room.trainees[n], room.trainer, minutes=(0, 10))
    client = app.test_client().sign_in(room.trainer.id)
    with statements() as sent:
        assert client.get(f"/cohorts/{room.cohort.id}/forecast").status_code == 200
    # The sign-in; the cohort, the people, the version, the ledgers, make-ups; transfers, sessions ahead and their
    # agendas; sessions elsewhere and theirs.
    assert len(sent) == 1 + 10


def test_somebody_who_is_not_in_training_is_not_listed(see, room, address):
    make_enrollment(room.cohort, "Zofia Kern", status="applied")
    assert "Zofia" not in see(room.trainer, address)
