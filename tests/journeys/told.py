"""`gunicorn tests.journeys.told:app`: the product, at the time on the wall clock."""

from collections.abc import Iterable
from typing import Any

from advocates import clock
from tests.journeys.wall_clock import told
from wsgi import app as product


def app(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    with clock.at(told()):
        return product(environ, start_response)
