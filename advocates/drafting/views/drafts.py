"""A draft from nothing, and its editor with the order of its modules."""

import uuid
from dataclasses import dataclass
from itertools import accumulate

from flask import abort, flash, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.curriculum import labels
from advocates.curriculum.publishing import AlreadyPublished
from advocates.curriculum.queries import VersionWithModules, framework_keys, version_with_modules
from advocates.curriculum.rules import CurriculumDocument, publishing_problems, required_minutes_total
from advocates.drafting import editing
from advocates.drafting.forms import StartForm
from advocates.drafting.rules import place_of, stepped
from advocates.drafting.views import blueprint
from advocates.idempotency import commit_and_redirect
from advocates.seen import ChangedMeanwhile, Seen


@dataclass(frozen=True)
class Total:
    """The running total that every page of the editor keeps in view; `others` is it without one module."""

    total: int
    required: int
    others: int

    @classmethod
    def of(cls, document: CurriculumDocument, without: str = "") -> "Total":
        total = required_minutes_total(document)
        own = sum(m.contact_minutes for m in document.modules if m.required and m.key == without)
        return cls(total, document.required_contact_minutes, total - own)


@blueprint.route("/curricula/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_CURRICULA)
def start_draft() -> tuple[str, int] | Response:
    form = StartForm.of_request()
    if form.is_submitted_and_valid():
        try:
            version_id = editing.start_draft(actor().person_id, *form.started)
        except editing.TitleKnown:
            form.title.errors = [_("A curriculum has this title. Choose another, or make a new version of that one.")]
        else:
            flash(_("The draft was begun. Add its modules."))
            return commit_and_redirect("drafting.edit_draft", version_id=version_id)
    return render_template("drafting/start_draft.html", form=form), 422 if form.errors else 200


@blueprint.get("/curriculum-versions/<uuid:version_id>/edit")
@requires(Permission.MANAGE_CURRICULA)
def edit_draft(version_id: uuid.UUID) -> str:
    return draft_page(load_draft(version_id))


@blueprint.post("/curriculum-versions/<uuid:version_id>/order")
@requires(Permission.MANAGE_CURRICULA)
def order_modules(version_id: uuid.UUID) -> tuple[str, int] | Response:
    """The order that the page shows, with one module moved up or down where its button was pressed."""
    found, wanted = load_draft(version_id), _ids("order")
    for button, step in (("up", -1), ("down", 1)):
        for module_id in _ids(button):
            wanted = stepped(wanted, module_id, step)
    try:
        editing.order_modules(actor().person_id, version_id, wanted, Seen.read(request.form.get("seen", "")))
    except ChangedMeanwhile:
        return draft_page(found, is_outdated=True), 409
    moved = next(iter(_ids("moved") or _ids("up") or _ids("down")), None)
    if module := next((module for module in found.modules if module.module_id == moved), None):
        flash(_("%(key)s is module %(n)s of %(all)s now.", key=module.key, n=wanted.index(moved) + 1, all=len(wanted)))
    return commit_and_redirect("drafting.edit_draft", version_id=version_id, _anchor=f"module-{moved}")


def load_draft(version_id: uuid.UUID) -> VersionWithModules:
    """The draft, or 404; raises AlreadyPublished, which the blueprint answers."""
    found = version_with_modules(version_id) or abort(404)
    if found.version.published_at is not None:
        raise AlreadyPublished
    return found


def draft_page(found: VersionWithModules, *, is_outdated: bool = False) -> str:
    document = found.document
    return render_template(
        "drafting/edit_draft.html",
        version=found.version,
        modules=list(zip(found.modules, document.modules, strict=True)),
        running=list(accumulate(m.contact_minutes if m.required else 0 for m in document.modules)),
        bar=Total.of(document),
        problems=_problems(found, document),
        labels=labels,
        is_outdated=is_outdated,
        seen=Seen.of(editing.order_values([module.module_id for module in found.modules])),
    )


def _problems(found: VersionWithModules, document: CurriculumDocument) -> list[tuple[str, str]]:
    """(sentence, address of the page that mends it) for all that keeps the draft from being published."""
    told = []
    for problem in publishing_problems(document, framework_keys()):
        index = place_of(problem.path)
        if index is None:
            address = url_for("drafting.edit_rules", version_id=found.version.id)
        else:
            module_id = found.modules[index].module_id
            address = url_for("drafting.edit_module", version_id=found.version.id, module_id=module_id)
        told.append((_(problem.message) % problem.values, address))
    return told


def _ids(name: str) -> tuple[uuid.UUID, ...]:
    try:
        return tuple(map(uuid.UUID, request.form.getlist(name)))
    except ValueError:
        abort(400)
