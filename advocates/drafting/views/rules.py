"""The rules of a draft, each with the sentence that it makes."""

import uuid
from collections import defaultdict

from flask import flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.curriculum.queries import VersionWithModules
from advocates.curriculum.rules import RuleSentence, rule_sentences
from advocates.curriculum.wording import items_of, said
from advocates.drafting import editing
from advocates.drafting.forms import RulesForm
from advocates.drafting.rules import rules_values
from advocates.drafting.views import blueprint
from advocates.drafting.views.drafts import Total, load_draft
from advocates.idempotency import commit_and_redirect
from advocates.seen import ChangedMeanwhile


@blueprint.route("/curriculum-versions/<uuid:version_id>/rules", methods=["GET", "POST"])
@requires(Permission.MANAGE_CURRICULA)
def edit_rules(version_id: uuid.UUID) -> tuple[str, int] | Response:
    found = load_draft(version_id)
    form = RulesForm.editing(rules_values(found.document))
    if form.is_submitted_and_valid():
        try:
            editing.edit_rules(actor().person_id, version_id, form.draft, form.shown)
        except ChangedMeanwhile as changed:
            form.show_both(changed)
        except editing.TitleKnown:
            form.title.errors = [_("The title names the curriculum: it can change only while no other has it.")]
        else:
            flash(_("The rules were changed."))
            return commit_and_redirect("drafting.edit_draft", version_id=version_id)
    return _page(found, form), form.status


def _page(found: VersionWithModules, form: RulesForm) -> str:
    sentences: dict[str, list[RuleSentence]] = defaultdict(list)
    for sentence in rule_sentences(found.document):
        sentences[sentence.rule].append(sentence)
    return render_template(
        "drafting/edit_rules.html",
        version=found.version,
        form=form,
        bar=Total.of(found.document),
        sentences=sentences,
        said=said,
        items_of=items_of,
        may_rename=editing.may_rename(found.version),
    )
