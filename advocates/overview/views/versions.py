"""Two curriculum versions held against each other, and what the other one would mean for cohorts that run."""

import uuid

from flask import render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from advocates.access import Permission, actor, requires
from advocates.curriculum.labels import DELIVERY_LABELS
from advocates.curriculum.rules import compare
from advocates.curriculum.views.curricula import load_version
from advocates.curriculum.wording import items_of, said
from advocates.overview.queries.switching import cohort_effects
from advocates.overview.views import blueprint

FIELD_LABELS = {
    "title": _l("title"),
    "contact_minutes": _l("minutes"),
    "domain": _l("domain"),
    "objectives": _l("objectives"),
    "content_note": _l("content note"),
    "observed_skills": _l("observed skills"),
    "required": _l("required or elective"),
    "equivalent_activity": _l("equivalent activity"),
    "competencies": _l("competencies"),
    "delivery_modes": _l("ways it may be taught"),
    "prerequisites": _l("prerequisites"),
}


@blueprint.get("/curriculum-versions/<uuid:version_id>/compare/<uuid:other_version_id>")
@requires(Permission.VIEW_CURRICULA)
def compare_versions(version_id: uuid.UUID, other_version_id: uuid.UUID) -> str:
    old, new = load_version(version_id), load_version(other_version_id)
    titles = {module.module_id: f"{module.key} {module.title}" for module in (*old.modules, *new.modules)}
    return render_template(
        "overview/compare_versions.html",
        old=old.version,
        new=new.version,
        comparison=compare(old.document, new.document),
        effects=cohort_effects(old, new, actor().cohort_ids(Permission.VIEW_COHORTS)),
        titles=titles,
        field_labels=FIELD_LABELS,
        delivery_labels=DELIVERY_LABELS,
        said=said,
        items_of=items_of,
        name=lambda version: _("%(title)s, version %(number)s", title=version.title, number=version.number),
    )
