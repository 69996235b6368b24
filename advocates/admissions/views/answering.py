"""The private page of an offer: accept the seat, or let it go. No account; the link is the key."""

from flask import abort, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from advocates.access import Permission, requires
from advocates.admissions import answering
from advocates.admissions.answering import FoundOffer
from advocates.admissions.rules import OfferStanding
from advocates.admissions.views import blueprint
from advocates.database import db
from advocates.idempotency import commit_and_redirect
from advocates.messages.outbox import can_send_mail


@blueprint.route("/offers/<token>", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
def answer_offer(token: str) -> tuple[str, int] | Response:
    found = answering.find_offer(token) or abort(404)
    if request.method == "GET":
        return _page(found, found.standing, 200 if found.standing is OfferStanding.OPEN else 410)
    try:
        if request.form.get("answer") == "accept":
            return _accept(found, token)
        if request.form.get("answer") == "decline":
            answering.decline_offer(found)
            return commit_and_redirect("admissions.answer_offer", token=token)
    except answering.OfferOver as over:
        db.session.rollback()
        return _page(found, over.standing, 409, is_answer=True)
    return _page(found, found.standing, 422)


def _accept(found: FoundOffer, token: str) -> Response:
    """Who cannot sign in yet goes on to choose a password; the link to do so is on its way by mail too."""
    link = answering.accept_offer(found)
    if link is None or current_user.is_authenticated:
        return commit_and_redirect("admissions.answer_offer", token=token)
    flash(_("The seat is yours. Choose a password to see your training."))
    db.session.commit()
    return redirect(link, 303)


def _page(found: FoundOffer, standing: OfferStanding, status: int, *, is_answer: bool = False) -> tuple[str, int]:
    page = render_template(
        "admissions/answer_offer.html",
        found=found,
        standing=standing,
        Standing=OfferStanding,
        is_answer=is_answer,
        can_send_mail=can_send_mail(),
    )
    return page, status
