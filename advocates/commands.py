"""The `flask ...` commands, thin: each calls one activity and prints what an operator needs."""

import json
import uuid
from datetime import datetime
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup

from advocates import clock, worker
from advocates.assessments.wording import ensure_shipped_texts
from advocates.attendance.checking import check_hours
from advocates.audit.checking import Finding, check_chain
from advocates.credentials.checking import check_file
from advocates.credentials.reviewing import changed_serials
from advocates.curriculum.importing import import_curriculum
from advocates.curriculum.queries import version_with_modules
from advocates.curriculum.rules import CurriculumFileError, read_document, schema_text, write_document
from advocates.database import db, reading
from advocates.demo.loading import NotEmpty, load_demo
from advocates.demo.stage import ZONE as DEMO_ZONE
from advocates.people.inviting import create_first_administrator_link, has_administrator

people = AppGroup("people", help="People and their accounts.")
audit = AppGroup("audit", help="The audit trail.")
curriculum = AppGroup("curriculum", help="Curricula as files.")
hours = AppGroup("hours", help="The contact-hour ledger.")
agreements = AppGroup("agreements", help="The texts that people sign.")
credentials = AppGroup("credentials", help="Awards and their certificates.")
demo = AppGroup("demo", help="A program of invented people.")
worker_group = AppGroup("worker", help="The background worker.")


@audit.command("check")
def audit_check() -> None:
    """Verify the chain and every append-only row; name the first that is wrong."""
    with reading():
        count, finding = check_chain()
    _refuse_finding(finding)
    click.echo(f"{count} events, chain unbroken")


def _refuse_finding(finding: Finding | None) -> None:
    if finding is not None:
        raise click.ClickException(f"{finding.table} {finding.place}: {finding.what}")


@hours.command("check")
def hours_check() -> None:
    """Recompute every balance from the facts and name each difference; exit 1 on any.

    First whether the marks and entries are those that were written: nothing is computed from any other. A certificate
    whose record was corrected later is no difference: it is named beside them.
    """
    with reading():
        _refuse_finding(check_chain()[1])
        checked, changed = check_hours(), changed_serials()
    for difference in checked.differences:
        click.echo(f"enrollment {difference.enrollment_id}: {difference.what}")
    found = f"{checked.entries} entries, {checked.enrollments} enrollments, {len(checked.differences)} differences"
    click.echo(found)
    if changed:
        click.echo(f"{len(changed)} changed since issue: {', '.join(changed)}")
    if checked.differences:
        raise SystemExit(1)


@curriculum.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def curriculum_import(file: Path) -> None:
    """Import FILE as a draft and print the version's id."""
    try:
        document = read_document(file.read_bytes())
    except CurriculumFileError as error:
        raise click.ClickException(str(error)) from error
    imported = import_curriculum(None, document)
    db.session.commit()
    if not imported.is_new:
        click.echo("The latest version already says exactly this: nothing was changed.", err=True)
    click.echo(imported.version_id)


@curriculum.command("export")
@click.argument("version_id", metavar="ID", type=click.UUID)
def curriculum_export(version_id: uuid.UUID) -> None:
    """Print the version ID as a curriculum file."""
    with reading():
        found = version_with_modules(version_id)
    if found is None:
        raise click.ClickException(f"there is no curriculum version {version_id}")
    click.echo(write_document(found.document).encode(), nl=False)


@curriculum.command("schema")
def curriculum_schema() -> None:
    """Print the JSON Schema of curriculum files."""
    click.echo(schema_text(), nl=False)


@people.command("create-administrator")
@click.option("--if-none", is_flag=True, help="Only where nobody can administer yet.")
def people_create_administrator(if_none: bool) -> None:
    """Print a one-time link that makes an administrator."""
    if if_none and has_administrator():
        return
    link = create_first_administrator_link()
    db.session.commit()
    click.echo(f"Create the first administrator: {link}" if if_none else link)


@agreements.command("install")
def agreements_install() -> None:
    """Put the program's standard text in force for each agreement that has none, and print the titles."""
    added = ensure_shipped_texts(None)
    db.session.commit()
    click.echo("\n".join(text.title for text in added) or "Every agreement has a text already.")


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


@credentials.command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def credentials_check(file: Path) -> None:
    """Check the certificate FILE against the stored bytes, its state and its proof."""
    with reading():
        found = check_file(file.read_bytes())
    if found.problems:
        raise click.ClickException("; ".join(found.problems))
    click.echo(f"{found.serial}: issued here, in force, bytes and proof unchanged")


@demo.command("load")
@click.option("--json", "as_json", is_flag=True, help="Print the sign-ins and addresses as JSON.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="Pin the day the story is told on.")
def demo_load(as_json: bool, today: datetime | None) -> None:
    """Load a program of invented people into an empty database and print how to sign in."""
    try:
        loaded = load_demo(today.date() if today else clock.today(DEMO_ZONE))
    except NotEmpty as error:
        raise click.ClickException("the database already holds people: the demo needs an empty one") from error
    if as_json:
        click.echo(json.dumps({"sign_ins": loaded.sign_ins, **loaded.addresses}))
        return
    click.echo("Sign in as (password for all: " + loaded.sign_ins[0]["password"] + ")")
    for sign_in in loaded.sign_ins:
        click.echo(f"  {sign_in['role']:<14} {sign_in['email']}")


def register(app: Flask) -> None:
    for group in (agreements, audit, credentials, curriculum, demo, hours, people, worker_group):
        app.cli.add_command(group)
