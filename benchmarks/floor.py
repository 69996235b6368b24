"""The least that the same machine, database and framework can do: a page of 30 rows, and 30 rows written durably."""

from typing import Any

from flask import Flask, render_template_string
from sqlalchemy import Engine, text

ROWS = [{"id": number, "name": f"Person {number:02}", "minutes": 170} for number in range(30)]
PAGE = """<!doctype html><title>Bare</title><h1>Bare</h1>
<table>{% for row in rows %}<tr><td>{{ row.name }}</td><td>{{ row.minutes }}</td></tr>{% endfor %}</table>"""
UPSERT = text(
    "INSERT INTO bare (id, name, minutes) VALUES (:id, :name, :minutes)"
    " ON CONFLICT (id) DO UPDATE SET minutes = excluded.minutes"
)


def bare_app(engine: Engine) -> Flask:
    """An application with nothing but these two routes, on the product's own engine."""
    app = Flask("bare")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE bare (id INTEGER PRIMARY KEY, name TEXT, minutes INTEGER)"))
        connection.execute(UPSERT, ROWS)

    @app.get("/page")
    def page() -> str:
        with engine.connect() as connection:
            rows: Any = connection.execute(text("SELECT id, name, minutes FROM bare ORDER BY id")).all()
        return render_template_string(PAGE, rows=rows)

    @app.post("/rows")
    def rows() -> str:
        with engine.begin() as connection:
            connection.execute(UPSERT, ROWS)
        return "written"

    return app
