"""Changing the agenda of a session that is not signed off."""

import re
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from advocates.audit.models import AuditEvent
from advocates.curriculum.queries import modules_of
from advocates.database import db
from advocates.messages.models import OutboxMessage
from advocates.schedule.models import AgendaSegment
from advocates.schedule.queries import session_with_segments
from tests.factories.cohorts import make_enrollment
from tests.factories.schedule import make_session


@pytest.fixture
def session(cohort):
    """November 3, 2099 would be a Tuesday too: far ahead, so that it is to come whenever the tests run."""
    return make_session(cohort, date(2099, 11, 3), segments=[(0, 0, 60), (None, 0, 10), (1, 0, 50)])


def address(session):
    return f"/sessions/{session.id}/agenda"


def agenda(cohort, **changes):
    """Two hours of the second module, which has 150 minutes, by 7:30 PM."""
    return {
        "seen_version": "1",
        "title": "",
        "ends": "19:30",
        "mode": "live_online",
        "rows-0-what": str(modules_of(cohort.curriculum_version_id)[1].module_id),
        "rows-0-from_minute": "0",
        "rows-0-minutes": "120",
        **changes,
    }


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_the_agenda_as_it_is_stands_in_the_form(as_administrator, cohort, session):
    page = as_administrator.get(address(session)).text
    module = modules_of(cohort.curriculum_version_id)[0]
    assert f'<option selected value="{module.module_id}">' in page
    assert '<option selected value="break">' in page
    assert 'value="19:30"' in page
    assert [f'id="rows-{n}-minutes"' in page for n in (0, 7, 8)] == [True, True, False]


def test_a_new_agenda_holds_and_the_old_one_stays_as_history(as_administrator, cohort, session, mail):
    response = as_administrator.post_form(address(session), agenda(cohort))
    assert (response.status_code, response.location) == (303, f"/cohorts/{cohort.id}/schedule")
    row = session_with_segments(session.id)
    assert (row.agenda_version, row.delivery_mode, row.planned_end) == (2, "live_online", session.planned_end)
    assert [(s.from_minute, s.minutes, s.delivery_mode) for s in row.segments] == [(0, 120, "live_online")]
    old = db.session.scalars(select(AgendaSegment).filter_by(agenda_version=1)).all()
    assert len(old) == 3
    assert db.session.scalars(select(AuditEvent.action)).all() == ["edit_agenda"]
    assert count(OutboxMessage) == 0


def test_those_who_attend_are_told_of_a_new_end_only(as_administrator, cohort, session, mail):
    make_enrollment(cohort)
    as_administrator.post_form(address(session), agenda(cohort, **{"ends": "18:30", "rows-0-minutes": "60"}))
    assert session_with_segments(session.id).planned_end == session.planned_end - timedelta(hours=1)
    (message,) = db.session.scalars(select(OutboxMessage))
    assert message.subject == "A change to your schedule"
    assert "5:30\u202fPM – 6:30\u202fPM CST" in message.body


def test_an_agenda_that_somebody_else_changed_is_not_overwritten(as_administrator, cohort, session):
    assert as_administrator.post_form(address(session), agenda(cohort)).status_code == 303
    late = agenda(cohort, **{"rows-0-from_minute": "0", "rows-0-minutes": "120", "title": "Mine"})
    response = as_administrator.post_form(address(session), late)
    assert response.status_code == 409
    assert "Somebody else changed this session meanwhile." in response.text
    assert 'value="Mine"' in response.text
    assert session_with_segments(session.id).title is None


def test_the_form_sent_twice_makes_one_new_agenda(as_administrator, cohort, session):
    form = agenda(cohort, request_key=str(uuid.uuid4()))
    assert [as_administrator.post_form(address(session), form).status_code for _ in range(2)] == [303, 303]
    assert session_with_segments(session.id).agenda_version == 2


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"signed_off_at": datetime(2026, 11, 4, tzinfo=UTC)}, "This session is signed off"),
        ({"cancelled_at": datetime(2026, 11, 4, tzinfo=UTC)}, "This session is canceled"),
    ],
)
def test_a_locked_session_keeps_its_agenda(as_administrator, cohort, columns, sentence):
    session = make_session(cohort, **columns)
    page = as_administrator.get(address(session))
    assert page.status_code == 409
    assert sentence in page.text
    assert "Save the agenda" not in page.text
    response = as_administrator.post_form(address(session), agenda(cohort))
    assert response.status_code == 409
    assert sentence in response.text
    assert count(AgendaSegment) == 3


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ends": "17:30"}, "The session must end after it starts."),
        ({"ends": "19:00"}, "The parts take 120 min, but the session lasts 90 min. Make them agree."),
        ({"ends": "noon"}, "This is not a clock time."),
        ({"rows-0-from_minute": "31"}, "Minutes 31 to 151 are not all in this module of 150 min."),
        ({"rows-0-minutes": "119"}, "The parts take 119 min, but the session lasts 120 min."),
        ({"rows-0-what": "lunch"}, "Not a valid choice"),
        ({"seen_version": "one"}, "Not a valid integer value."),
    ],
)
def test_bad_input_is_refused_with_what_was_typed_kept(as_administrator, cohort, session, changes, sentence):
    response = as_administrator.post_form(address(session), agenda(cohort, title="Kept", **changes))
    assert response.status_code == 422
    assert sentence in response.text
    assert 'value="Kept"' in response.text
    assert session_with_segments(session.id).agenda_version == 1
    assert count(AgendaSegment) == 3


def test_a_longer_agenda_may_not_run_into_the_next_session(as_administrator, cohort, session):
    make_session(cohort, date(2099, 11, 3), "19:30", [(2, 0, 30)])
    longer = {"ends": "19:40", "rows-1-what": "break", "rows-1-minutes": "10"}
    response = as_administrator.post_form(address(session), agenda(cohort, **longer))
    assert response.status_code == 422
    assert "would overlap" in response.text


def test_only_an_administrator_edits_agendas(client, as_role, cohort, session):
    assert client.get(address(session)).location.startswith("/sign-in")
    for role in ("trainer", "auditor", "trainee"):
        somebody = as_role(role, cohort)
        assert somebody.get(address(session)).status_code == 403
        assert somebody.post_form(address(session), agenda(cohort)).status_code == 403
    assert session_with_segments(session.id).agenda_version == 1


def test_a_session_that_does_not_exist_is_not_found(as_administrator):
    assert as_administrator.get(f"/sessions/{uuid.uuid4()}/agenda").status_code == 404


def test_a_part_is_moved_up_by_a_button_and_nothing_is_saved_yet(as_administrator, cohort, session):
    typed = {
        **agenda(cohort),
        "rows-1-what": "break",
        "rows-1-from_minute": "",
        "rows-1-minutes": "15",
        "rows-2-what": "break",
        "rows-2-minutes": "7",
        "up": "2",
    }
    response = as_administrator.post_form(address(session), typed)
    assert response.status_code == 200
    minutes = [re.search(rf'<input[^>]*id="rows-{n}-minutes"[^>]*>', response.text)[0] for n in range(3)]
    assert [re.search(r'value="(\d*)"', field)[1] for field in minutes] == ["15", "120", "7"]
    assert session_with_segments(session.id).agenda_version == 1
    assert as_administrator.post_form(address(session), {**typed, "up": "1"}).status_code == 200
