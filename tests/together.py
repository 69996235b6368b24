"""What several people do at the same moment, each in a thread, context and transaction of their own."""

import threading
from collections.abc import Callable
from time import sleep
from typing import Any

from flask import Flask
from sqlalchemy import select

from advocates.audit.recording import record
from advocates.database import db


def at_once(app: Flask, *works: Callable[[], Any]) -> list[Any]:
    """Begin all works together and commit each; their results, or what they raised, in order."""
    barrier, results = threading.Barrier(len(works)), [None] * len(works)

    def run(number: int, work: Callable[[], Any]) -> None:
        with app.app_context():
            barrier.wait()
            try:
                results[number] = work()
                db.session.commit()
            except Exception as error:
                db.session.rollback()
                results[number] = error
            finally:
                db.session.remove()

    # The test's own transaction must hold nothing that the others wait for.
    db.session.remove()
    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def behind(app: Flask, kind: Any, key: Any, work: Callable[[], Any]) -> Any:
    """What `work` gives while somebody else holds the row and then records an event, as every activity does."""
    is_held = threading.Event()

    def hold() -> bool:
        db.session.scalars(select(kind).where(kind.id == key).with_for_update()).one()
        is_held.set()
        sleep(0.5)
        record(None, "anything")
        return True

    def follow() -> Any:
        is_held.wait()
        return work()

    held, result = at_once(app, hold, follow)
    assert held is True, held
    return result
