"""The `flask ...` commands, thin: each calls one activity and prints what an operator needs."""

import uuid
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup

from advocates import worker
from advocates.assessments.wording import ensure_shipped_texts
from advocates.audit.checking import check_chain
from advocates.curriculum.importing import import_curriculum
from advocates.curriculum.queries import version_with_modules
from advocates.curriculum.rules import CurriculumFileError, read_document, write_document
from advocates.database import db, reading
from advocates.people.inviting import create_first_administrator_link, has_administrator

people = AppGroup("people", help="People and their accounts.")
audit = AppGroup("audit", help="The audit trail.")
curriculum = AppGroup("curriculum", help="Curricula as files.")
agreements = AppGroup("agreements", help="The texts that people sign.")
worker_group = AppGroup("worker", help="The background worker.")


@audit.command("check")
def audit_check() -> None:
    """Verify the chain and every append-only row; name the first that is wrong."""
    with reading():
        count, finding = check_chain()
    if finding is not None:
        raise click.ClickException(f"{finding.table} {finding.place}: {finding.what}")
    click.echo(f"{count} events, chain unbroken")


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


def register(app: Flask) -> None:
    for group in (agreements, audit, curriculum, people, worker_group):
        app.cli.add_command(group)
