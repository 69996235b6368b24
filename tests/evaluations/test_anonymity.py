"""No table, no key and no order joins an answer to a person (docs/decisions/0016-anonymous-answers.md)."""

import uuid

import pytest
from sqlalchemy import Uuid, inspect, text
from sqlalchemy.exc import DBAPIError

from advocates.database import db
from advocates.evaluations.models import SurveyAnswer
from tests.factories.evaluations import answer_all, invitations_of, make_end_round, path_of


def contents():
    """Every row of every table, as text."""
    db.session.remove()
    with db.engine.connect() as connection:
        found = {
            table: sorted(str(tuple(row)) for row in connection.execute(text(f'SELECT * FROM "{table}"')))
            for table in db.metadata.tables
        }
        connection.rollback()
    return found


def test_an_answer_has_no_column_that_could_lead_to_a_person():
    columns = SurveyAnswer.__table__.columns
    assert set(columns.keys()) == {"id", "round_id", "question", "value"}
    assert {key.column.table.name for key in SurveyAnswer.__table__.foreign_keys} == {"survey_round"}
    pointing = {
        table.name
        for table in db.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name == "survey_answer"
    }
    assert pointing == set()
    kept = [c.name for c in db.metadata.tables["survey_invitation"].columns if isinstance(c.type, Uuid)]
    assert set(kept) == {"id", "round_id", "person_id"}


@pytest.mark.parametrize("way", ["answer", "no thanks"])
def test_sending_changes_the_answers_the_counts_and_that_one_invitation_only(app, client, cohort, way):
    round_ = make_end_round(cohort, 3)
    path = path_of(invitations_of(round_)[1])
    before = contents()
    fields = {"q1": "4", "q9": "The role-plays"} if way == "answer" else {"no_thanks": "1"}
    assert client.post_form(path, fields).status_code == 303
    after = contents()
    changed = {table for table in after if after[table] != before[table]}
    expected = {"survey_answer", "survey_round", "survey_invitation"} if way == "answer" else {"survey_invitation"}
    assert changed == expected
    of_asked = [row for row in after["survey_invitation"] if row not in before["survey_invitation"]]
    assert len(of_asked) == 1


def test_signed_in_the_forms_key_is_not_kept_with_a_digest_of_the_answers(app, cohort):
    round_ = make_end_round(cohort, 1)
    (invitation,) = invitations_of(round_)
    client = app.test_client()
    client.sign_in(invitation.person_id)
    before = contents()
    response = client.post_form(f"/my-surveys/{invitation.id}", {"q1": "4", "request_key": str(uuid.uuid4())})
    assert response.status_code == 303
    after = contents()
    for table in ("request_key", "audit_event", "audit_value", "outbox_message", "survey_form"):
        assert after[table] == before[table], table


def test_answered_and_declined_invitations_look_the_same(client, cohort):
    round_ = make_end_round(cohort, 2)
    first, second = invitations_of(round_)
    client.post_form(path_of(first), {"q1": "4"})
    client.post_form(path_of(second), {"no_thanks": "1"})
    rows = [
        {column.key: getattr(row, column.key) for column in inspect(row).mapper.column_attrs}
        for row in invitations_of(round_)
    ]
    for row in rows:
        for name in ("id", "person_id", "token_sha256"):
            row.pop(name)
    assert rows[0] == rows[1]


def test_keys_and_places_say_nothing_about_the_order(app, cohort):
    round_ = make_end_round(cohort, 20)
    answer_all(round_, [{"q1": "4", "q9": f"{number:02}"} for number in range(20)])
    rows = db.session.query(SurveyAnswer).all()
    assert {row.id.version for row in rows} == {4}
    said = [str(number).zfill(2) for number in range(20)]
    by_key = [row.value for row in sorted(rows, key=lambda row: row.id.hex) if row.question == "q9"]
    assert sorted(by_key) == said
    assert by_key != said
    db.session.remove()
    with db.engine.connect() as connection:
        if db.engine.dialect.name == "postgresql":
            mine = "FROM survey_answer WHERE question = 'q9'"
            places = connection.execute(text(f"SELECT value {mine} ORDER BY ctid")).scalars().all()
            assert places != said
            assert connection.execute(text(f"SELECT count(DISTINCT xmin::text) {mine}")).scalar_one() == 1
        else:
            with pytest.raises(DBAPIError, match="no such column: rowid"):
                connection.execute(text("SELECT rowid FROM survey_answer"))
        connection.rollback()


def test_two_answers_of_one_form_share_nothing_but_the_round(app, cohort):
    round_ = make_end_round(cohort, 6)
    answer_all(round_, [{"q1": "4", "q2": "3", "q9": "Time"}] * 6)
    rows = db.session.query(SurveyAnswer).all()
    assert len(rows) == 18
    assert len({row.id.hex[:8] for row in rows}) == 18
