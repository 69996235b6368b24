"""Links: made by an administrator or asked for by their holder, and used once to choose a password."""

import uuid
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.database import db, start_reading, start_writing
from advocates.form_token import SIGN_IN, set_cookie
from advocates.idempotency import commit_and_redirect
from advocates.messages.outbox import can_send_mail
from advocates.people import inviting, joining, passwords, queries, signing_in
from advocates.people.forms import FirstAdministratorForm, PasswordForm, ResetForm
from advocates.people.models import InvitationPurpose, PersonProfile
from advocates.people.registering import EmailTaken
from advocates.people.views import blueprint
from advocates.people.views.people import person_page


@blueprint.post("/people/<uuid:person_id>/invite")
@requires(Permission.MANAGE_PEOPLE)
def invite_person(person_id: uuid.UUID) -> str | Response | tuple[str, int]:
    """The link is shown in this answer and never again: only its hash is stored."""
    details = queries.find_person(person_id) or abort(404)
    purpose = InvitationPurpose.RESET if details.has_password else InvitationPurpose.JOIN
    try:
        link = inviting.invite(actor().person_id, person_id, purpose)
    except inviting.NoAccount:
        problem = _("First give this person an e-mail address to sign in with.")
        return person_page(person_id, problem=problem), 422
    commit_and_redirect("people.show_person", person_id=person_id)
    start_reading(db.session)
    return person_page(person_id, link=link)


@blueprint.route("/password/forgotten", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
def request_reset() -> str | Response | tuple[str, int]:
    form = ResetForm.of_request()
    if not can_send_mail() or not form.is_submitted_and_valid():
        page = render_template("people/request_reset.html", form=form, problem=None, can_send_mail=can_send_mail())
        return page, 422 if form.errors else 200
    email = form.email.data or ""
    limits = signing_in.throttle("reset", email, request.remote_addr or "")
    if signing_in.is_throttled(limits):
        problem = _("Too many tries. Wait five minutes, and look into your mail again, also among the spam.")
        return render_template("people/request_reset.html", form=form, problem=problem, can_send_mail=True), 422
    inviting.request_reset(email, limits)
    flash(_("If somebody signs in with that address, a link is on its way there. It works for one hour."))
    return commit_and_redirect("people.sign_in")


@blueprint.route("/invitations/<token>", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
def accept_invitation(token: str) -> str | Response | tuple[str, int]:
    start_writing(db.session)
    start_reading(db.session)
    invitation = inviting.find_invitation(token)
    if invitation is None:
        return _link_over()
    profile = db.session.get(PersonProfile, invitation.person_id) if invitation.person_id else None
    form = PasswordForm.of_request() if profile else FirstAdministratorForm.of_request()
    if form.is_submitted_and_valid() and _is_strong(form, profile):
        start_writing(db.session)
        answer = _use(token, form)
        if answer is not None:
            return answer
    page = render_template("people/accept_invitation.html", form=form, profile=profile, is_over=False)
    return page, 422 if form.errors else 200


def _is_strong(form: Any, profile: PersonProfile | None) -> bool:
    name, email = (profile.chosen_name, profile.email) if profile else (form.name.data, form.email.data)
    problem = passwords.password_problem(form.password.data or "", name or "", email or "")
    if problem:
        form.password.errors = [problem]
    return problem is None


def _use(token: str, form: Any) -> Response | None:
    """Hash while no transaction is open, then use the link. None when the form must be shown again."""
    password_hash = passwords.hash_password(form.password.data or "")
    try:
        if isinstance(form, FirstAdministratorForm):
            sign_in = joining.create_first_administrator(
                token, form.name.data or "", form.email.data or "", password_hash
            )
        else:
            sign_in = joining.choose_password(token, password_hash)
    except joining.LinkOver:
        db.session.rollback()
        return Response(*_link_over())
    except EmailTaken:
        db.session.rollback()
        form.email.errors = [_("Somebody signs in with this address already. Use another one.")]
        return None
    db.session.commit()
    flash(_("Your password is set, and you are signed in."))
    response = redirect(url_for("overview.home"), 303)
    set_cookie(response, SIGN_IN, sign_in)
    return response


def _link_over() -> tuple[str, int]:
    return render_template("people/accept_invitation.html", form=None, profile=None, is_over=True), 410
