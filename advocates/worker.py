"""The background worker: its own process, which answers nudges and sweeps everything once a minute."""

from collections.abc import Callable

from flask import Flask
from huey import crontab
from huey.consumer import Consumer

from advocates.admissions import offering
from advocates.credentials import issuing
from advocates.evaluations import sweeping
from advocates.jobs import Nudge
from advocates.messages import sending
from advocates.schedule import reminding
from advocates.sittings import finishing


def register(app: Flask) -> None:
    """Say which activity answers each nudge, and sweep them all every minute."""
    handlers: dict[Nudge, Callable[[], object]] = {
        Nudge.OUTBOX: sending.send_waiting,
        Nudge.ISSUING: issuing.issue_waiting,
        Nudge.OFFERS: offering.sweep_offers,
        Nudge.REMINDERS: reminding.send_reminders,
        Nudge.SURVEYS: sweeping.sweep_surveys,
        Nudge.SITTINGS: finishing.finish_overdue,
    }
    app.extensions["job_handlers"] = handlers
    queue = app.extensions["jobs"]

    @queue.periodic_task(crontab(minute="*"), name="sweep")
    def sweep() -> None:
        sweep_once(app)


def sweep_once(app: Flask) -> None:
    """Look at everything that may wait: what a lost nudge or a killed worker left behind."""
    for handler in app.extensions["job_handlers"].values():
        with app.app_context():
            handler()


def run(app: Flask) -> None:
    """Work until stopped. One thread: certificates may only be rendered by one thread of a process."""
    sweep_once(app)
    Consumer(app.extensions["jobs"], workers=1, worker_type="thread", initial_delay=0.05, max_delay=0.5).run()
