"""HTTP for linking: find whom a walk-in may be, see what linking does, and do it."""

import uuid

from flask import Blueprint, abort, flash, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.cohorts.labels import STATUS_LABELS
from advocates.cohorts.views.enrolling import sentence
from advocates.database import db
from advocates.idempotency import commit_and_redirect
from advocates.linking import joining, labels, queries
from advocates.linking.joining import LinkingRefused
from advocates.linking.queries import Identity
from advocates.linking.rules import REFUSED, Plan, Way

blueprint = Blueprint("linking", __name__)


@blueprint.get("/people/<uuid:person_id>/link")
@requires(Permission.MANAGE_PEOPLE)
def find_known_person(person_id: uuid.UUID) -> str:
    person = queries.find_identity(person_id) or abort(404)
    typed = request.args.get("q")
    term = (person.name.split()[0] if typed is None else typed).replace("\x00", "").strip()[:100]
    found = queries.find_candidates(term, person_id) if term else ()
    return render_template("linking/find_known_person.html", person=person, term=term, found=found)


@blueprint.route("/people/<uuid:person_id>/link/<uuid:known_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def link_person(person_id: uuid.UUID, known_id: uuid.UUID) -> str | tuple[str, int] | Response:
    walk_in, known = (queries.find_identity(key) or abort(404) for key in (person_id, known_id))
    if request.method == "GET":
        return _page(walk_in, known, queries.plan_of(walk_in, known, actor().person_id))
    try:
        joining.link_person(actor().person_id, person_id, known_id, request.form.get("seen", ""))
    except LinkingRefused as refusal:
        db.session.rollback()
        return _page(walk_in, known, refusal.plan, is_changed=True), 409
    flash(_("The two are one person now. What was recorded is kept."))
    return commit_and_redirect("people.show_person", person_id=known_id)


def _page(walk_in: Identity, known: Identity, plan: Plan, *, is_changed: bool = False) -> str:
    return render_template(
        "linking/link_person.html",
        walk_in=walk_in,
        known=known,
        plan=plan,
        is_changed=is_changed,
        fates=labels.FATE_LABELS,
        refused=REFUSED,
        statuses=STATUS_LABELS,
        Way=Way,
        sentence=sentence,
    )
