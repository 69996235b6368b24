"""What people keep right themselves, and the name on the certificate, confirmed on screen or on paper."""

import uuid
from typing import Any
from zoneinfo import ZoneInfo

from flask import abort, current_app, flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates import clock
from advocates.access import Permission, Role, actor, requires
from advocates.database import db
from advocates.idempotency import commit_and_redirect
from advocates.people import confirming_names, queries, registering
from advocates.people.forms import CertificateNameForm, NameConfirmationForm, ProfileForm, row_choices
from advocates.people.models import PersonProfile
from advocates.people.views import blueprint
from advocates.people.views.people import is_changed, offer_agencies


@blueprint.route("/profile", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def edit_profile() -> str | Response | tuple[str, int]:
    profile = db.session.get_one(PersonProfile, actor().person_id)
    form = ProfileForm.editing(vars(registering.draft_from(profile)))
    offer_agencies(form)
    if form.is_submitted_and_valid() and is_changed(form, profile.person_id):
        flash(_("Your profile is saved."))
        return commit_and_redirect("people.edit_profile")
    name = queries.certificate_names([profile.person_id])[profile.person_id]
    page = render_template(
        "people/edit_profile.html",
        form=form,
        email=profile.email,
        certificate_name=name,
        past_trainings=queries.past_trainings(profile.person_id),
        is_printed=name.confirmed_at is not None or queries.is_trained(profile.person_id),
    )
    return page, form.status


@blueprint.route("/profile/certificate-name", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def confirm_certificate_name() -> str | Response | tuple[str, int]:
    profile = db.session.get_one(PersonProfile, actor().person_id)
    form = CertificateNameForm.of_request(certificate_name=profile.certificate_name or profile.chosen_name)
    if form.is_submitted_and_valid():
        confirming_names.confirm_certificate_name(profile, form.certificate_name.data or "")
        flash(_("Your name is confirmed as it will be printed."))
        return commit_and_redirect("people.edit_profile")
    name = queries.certificate_names([profile.person_id])[profile.person_id]
    page = render_template("people/confirm_certificate_name.html", form=form, certificate_name=name, zone=_zone().key)
    return page, 422 if form.errors else 200


@blueprint.route("/people/<uuid:person_id>/certificate-name", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def record_name_confirmation(person_id: uuid.UUID) -> str | Response | tuple[str, int]:
    profile = db.session.get(PersonProfile, person_id) or abort(404)
    form = NameConfirmationForm.of_request(
        certificate_name=profile.certificate_name or profile.chosen_name, signed_on=clock.today(_zone().key)
    )
    staff = queries.people_with_role(Role.ADMINISTRATOR, Role.TRAINER)
    witnesses = [row for row in staff if row[0] not in {actor().person_id, person_id}]
    form.witness_id.choices = row_choices(witnesses, _("Choose a person"))
    if form.is_submitted_and_valid() and _type_in(form, profile):
        flash(_("The paper is recorded, and the name is confirmed."))
        return commit_and_redirect("people.show_person", person_id=person_id)
    page = render_template(
        "people/record_name_confirmation.html",
        form=form,
        person_id=person_id,
        name=profile.chosen_name,
        is_own=person_id == actor().person_id,
        has_witness=bool(witnesses),
    )
    return page, 422 if form.errors else 200


def _type_in(form: Any, profile: PersonProfile) -> bool:
    try:
        confirming_names.record_name_confirmation(
            actor().person_id,
            profile,
            form.certificate_name.data or "",
            form.witness_id.data,
            form.signed_on.data,
            _zone(),
        )
    except confirming_names.NotSeparate:
        form.witness_id.errors = [_("The person, the one who types and the witness must be three people.")]
    except confirming_names.NotYetSigned:
        form.signed_on.errors = [_("This day lies ahead. Type the day on which the paper was signed.")]
    else:
        return True
    return False


def _zone() -> ZoneInfo:
    return ZoneInfo(current_app.config["SETTINGS"].time_zone)
