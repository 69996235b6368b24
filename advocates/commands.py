"""The `flask ...` commands, thin: each calls one activity and prints what an operator needs."""

import click
from flask import Flask
from flask.cli import AppGroup

from advocates import worker
from advocates.audit.checking import check_chain
from advocates.database import db, reading

audit = AppGroup("audit", help="The audit trail.")
worker_group = AppGroup("worker", help="The background worker.")


@audit.command("check")
def audit_check() -> None:
    """Verify the chain and every append-only row; name the first that is wrong."""
    with reading():
        count, finding = check_chain()
    if finding is not None:
        raise click.ClickException(f"{finding.table} {finding.place}: {finding.what}")
    click.echo(f"{count} events, chain unbroken")


@worker_group.command("run")
def worker_run() -> None:
    """Send mail and issue certificates until stopped."""
    from flask import current_app

    db.session.remove()
    worker.run(current_app._get_current_object())  # type: ignore[attr-defined]


@worker_group.command("once")
def worker_once() -> None:
    """Do everything that waits, then end."""
    from flask import current_app

    worker.sweep_once(current_app._get_current_object())  # type: ignore[attr-defined]


def register(app: Flask) -> None:
    for group in (audit, worker_group):
        app.cli.add_command(group)
