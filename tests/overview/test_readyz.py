"""Ready means migrated and protected."""

from sqlalchemy import text

from advocates.database import db


def test_a_migrated_database_is_ready(client):
    response = client.get("/readyz")
    assert (response.status_code, response.json) == (200, {"status": "ready", "missing": []})


def test_a_missing_trigger_is_named_and_not_ready(client, database_kind):
    table = "" if database_kind == "sqlite" else " ON credit_entry"
    db.session.execute(text(f"DROP TRIGGER credit_entry_no_update{table}"))
    db.session.commit()
    response = client.get("/readyz")
    assert (response.status_code, response.json["missing"]) == (503, ["credit_entry_no_update"])


def test_it_is_only_read(client):
    assert client.post_form("/readyz").status_code == 405
