"""Everybody the program knows: found, added, looked at and kept right by administrators."""

import uuid
from typing import Any

from flask import abort, current_app, flash, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.database import db
from advocates.idempotency import commit_and_redirect
from advocates.messages.outbox import can_send_mail
from advocates.people import queries, registering
from advocates.people.forms import ROLE_NAMES, PersonForm, ProfileForm, RoleForm, row_choices
from advocates.people.models import PersonProfile
from advocates.people.registering import EmailNeeded, EmailTaken, IsLinked, PersonDraft
from advocates.people.views import blueprint
from advocates.seen import ChangedMeanwhile


@blueprint.get("/people")
@requires(Permission.MANAGE_PEOPLE)
def list_people() -> str:
    term = request.args.get("q", "")[:200].replace("\x00", "")
    page = queries.find_people(term, request.args.get("page", 1, int))
    return render_template("people/list_people.html", page=page, term=term, role_names=ROLE_NAMES)


@blueprint.route("/people/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def add_person() -> str | Response | tuple[str, int]:
    form = PersonForm.of_request(language="en")
    offer_agencies(form)
    if form.is_submitted_and_valid():
        try:
            person_id = registering.add_person(actor().person_id, PersonDraft(**typed(form)))
        except EmailTaken:
            refuse_email(form)
        else:
            flash(_("The person is added."))
            return commit_and_redirect("people.show_person", person_id=person_id)
    return render_template("people/add_person.html", form=form), 422 if form.errors else 200


@blueprint.get("/people/<uuid:person_id>")
@requires(Permission.MANAGE_PEOPLE)
def show_person(person_id: uuid.UUID) -> str:
    return person_page(person_id)


@blueprint.route("/people/<uuid:person_id>/edit", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def edit_person(person_id: uuid.UUID) -> str | Response | tuple[str, int]:
    profile = db.session.get(PersonProfile, person_id) or abort(404)
    form = PersonForm.editing(vars(registering.draft_from(profile)))
    offer_agencies(form)
    if form.is_submitted_and_valid() and is_changed(form, person_id):
        flash(_("The changes are saved."))
        return commit_and_redirect("people.show_person", person_id=person_id)
    page = render_template("people/edit_person.html", form=form, person_id=person_id, name=form.chosen_name.object_data)
    return page, form.status


def person_page(person_id: uuid.UUID, **more: Any) -> str:
    """The page of one person; `more` may hold a fresh link, a problem or a refused role form."""
    details = queries.find_person(person_id) or abort(404)
    role_form = more.pop("role_form", None) or RoleForm().offer(queries.cohort_titles())
    values: dict[str, Any] = {"link": None, "problem": None, **more}
    return render_template(
        "people/show_person.html",
        person=details,
        role_form=role_form,
        role_names=ROLE_NAMES,
        can_send_mail=can_send_mail(),
        zone=current_app.config["SETTINGS"].time_zone,
        **values,
    )


def offer_agencies(form: ProfileForm) -> None:
    form.agency_id.choices = row_choices([(a.id, a.name) for a in queries.agencies()], _("None"))


def typed(form: ProfileForm) -> dict[str, Any]:
    """What was typed, by field; an empty text is None."""
    return {name: None if value == "" else value for name, value in form.data.items()}


def is_changed(form: ProfileForm, person_id: uuid.UUID) -> bool:
    """Change the person as typed, or show in the form why not."""
    try:
        registering.change_person(actor().person_id, person_id, typed(form), form.shown)
    except ChangedMeanwhile as changed:
        db.session.rollback()
        offer_agencies(form)
        form.show_both(changed)
    except IsLinked:
        db.session.rollback()
        offer_agencies(form)
        form["email"].errors = [
            _("This walk-in turned out to be somebody else. Add the address on that person's page.")
        ]
    except (EmailTaken, EmailNeeded) as refusal:
        refuse_email(form, is_missing=isinstance(refusal, EmailNeeded))
    else:
        return True
    return False


def refuse_email(form: ProfileForm, is_missing: bool = False) -> None:
    """Take back what was flushed, and say why at the field."""
    db.session.rollback()
    needed = _("The person signs in with an e-mail address. Change it, but do not leave it empty.")
    taken = _("Somebody else signs in with this address. Look for them in the list of people.")
    form["email"].errors = [needed if is_missing else taken]
    offer_agencies(form)
