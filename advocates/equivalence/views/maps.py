"""The list of maps, one map, and the way from a proposal to an approved one."""

import uuid

from flask import abort, flash, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.curriculum.queries import published_versions
from advocates.database import db
from advocates.equivalence import proposing, queries
from advocates.equivalence.forms import MapForm, ProposeForm, agreement_label
from advocates.equivalence.queries import MapRow
from advocates.equivalence.rules import Outline, unmapped_slices
from advocates.equivalence.views import blueprint
from advocates.idempotency import commit_and_redirect
from advocates.people.forms import id_in_address


@blueprint.get("/equivalence-maps")
@requires(Permission.MANAGE_CURRICULA)
def list_maps() -> str:
    return render_template("equivalence/list_maps.html", maps=queries.list_maps())


@blueprint.route("/equivalence-maps/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_CURRICULA)
def propose_map() -> tuple[str, int] | Response:
    chosen = {name: id_in_address(request.args.get(name, "")) for name in ("from_version_id", "to_version_id")}
    form = ProposeForm.of_request(**chosen).choose_from(published_versions())
    if form.is_submitted_and_valid():
        try:
            found = proposing.propose_map(actor().person_id, form.from_version_id.data, form.to_version_id.data)
        except proposing.NotTwoVersions:
            db.session.rollback()
            form.to_version_id.errors = [_("Choose two published versions.")]
        else:
            flash(_("The map was filled with what the two versions share. Look through it and complete it."))
            return commit_and_redirect("equivalence.edit_map", map_id=found)
    return render_template("equivalence/propose_map.html", form=form), 422 if form.errors else 200


@blueprint.get("/equivalence-maps/<uuid:map_id>")
@requires(Permission.MANAGE_CURRICULA)
def show_map(map_id: uuid.UUID) -> str:
    return _map_page(_load(map_id))


@blueprint.route("/equivalence-maps/<uuid:map_id>/edit", methods=["GET", "POST"])
@requires(Permission.MANAGE_CURRICULA)
def edit_map(map_id: uuid.UUID) -> tuple[str, int] | Response:
    row = _load(map_id)
    if row.map.approved_at is not None:
        return _map_page(row, _approved()), 409
    old, new = _outlines(row)
    is_sent = request.method == "POST"
    form = MapForm.of_request(new, old) if is_sent else MapForm.of(queries.equivalence_of(map_id), old)
    if is_sent and _is_saved(map_id, form):
        flash(_("The map was saved. Somebody else approves it."))
        return commit_and_redirect("equivalence.show_map", map_id=map_id)
    page = render_template(
        "equivalence/edit_map.html", row=row, form=form, old=old, new=new, agreement_label=agreement_label
    )
    return page, 422 if form.errors or form.problem else 200


@blueprint.post("/equivalence-maps/<uuid:map_id>/approve")
@requires(Permission.MANAGE_CURRICULA)
def approve_map(map_id: uuid.UUID) -> tuple[str, int] | Response:
    row = _load(map_id)
    try:
        proposing.approve_map(actor().person_id, map_id, request.form.get("shown", ""))
    except proposing.ApprovalRefused as refusal:
        db.session.rollback()
        return _map_page(row, _sentence(refusal)), 409
    flash(_("The map is approved and can no longer be changed. People can be transferred by it."))
    return commit_and_redirect("equivalence.show_map", map_id=map_id)


@blueprint.post("/equivalence-maps/<uuid:map_id>/discard")
@requires(Permission.MANAGE_CURRICULA)
def discard_map(map_id: uuid.UUID) -> tuple[str, int] | Response:
    row = _load(map_id)
    try:
        proposing.discard_map(actor().person_id, map_id)
    except proposing.AlreadyApproved as refusal:
        db.session.rollback()
        return _map_page(row, _sentence(refusal)), 409
    flash(_("The map was discarded."))
    return commit_and_redirect("equivalence.list_maps")


def _load(map_id: uuid.UUID) -> MapRow:
    return queries.find_map(map_id) or abort(404)


def _outlines(row: MapRow) -> tuple[Outline, Outline]:
    found = queries.outlines({row.map.from_version_id, row.map.to_version_id})
    return found[row.map.from_version_id], found[row.map.to_version_id]


def _map_page(row: MapRow, problem: str | None = None) -> str:
    """The page of one map. Five statements."""
    (old, new), said = _outlines(row), queries.equivalence_of(row.map.id)
    return render_template(
        "equivalence/show_map.html",
        row=row,
        old=old,
        new=new,
        said=said,
        unmapped=unmapped_slices(said.lines, old),
        agreement_label=agreement_label,
        problem=problem,
    )


def _is_saved(map_id: uuid.UUID, form: MapForm) -> bool:
    said = form.read()
    if said is None:
        return False
    try:
        proposing.edit_map(actor().person_id, map_id, said, form.shown)
    except proposing.MapRefused as refusal:
        form.show(refusal.problems)
    except (proposing.AlreadyApproved, proposing.MapChanged) as refusal:
        form.problem = _sentence(refusal)
    else:
        return True
    db.session.rollback()
    return False


def _approved() -> str:
    return _("This map is approved and never changes. Propose another one where it is wrong.")


def _sentence(refusal: Exception) -> str:
    if isinstance(refusal, proposing.OwnProposal):
        return _("You changed this map last: another administrator approves it.")
    if isinstance(refusal, proposing.MapChanged):
        return _("Somebody else changed this map meanwhile. Load the page again to see it as it is now.")
    if isinstance(refusal, proposing.NothingMapped):
        return _("The map takes no minute along. Add a line first.")
    return _approved()
