"""A published version of the shipped curriculum, or a small one, committed."""

import json
from collections.abc import Sequence
from importlib import resources
from typing import Any

from advocates import clock
from advocates.curriculum.models import Curriculum, CurriculumVersion, Module, VersionModule
from advocates.curriculum.rules import CurriculumDocument, read_document, rules_to_json
from advocates.database import db, new_id


def shipped_document(name: str = "chicago-40h.json") -> CurriculumDocument:
    return read_document(resources.files("advocates.curriculum.data").joinpath(name).read_bytes())


def make_version(
    *, minutes: Sequence[int] = (), is_published: bool = True, title: str = "Victim Advocate Training"
) -> CurriculumVersion:
    """The whole shipped curriculum; with `minutes`, its first modules with those contact minutes instead."""
    document = shipped_document()
    modules = [(m, m.contact_minutes) for m in document.modules]
    if minutes:
        modules = [(m, n) for m, n in zip(document.modules, minutes, strict=False)]
    curriculum = Curriculum(id=new_id(), title=f"{title} {new_id().hex[-6:]}")
    version = CurriculumVersion(
        id=new_id(),
        curriculum_id=curriculum.id,
        number=1,
        title=title,
        note=document.note,
        required_contact_minutes=sum(n for _, n in modules),
        rules=rules_to_json(document.rules),
        created_at=clock.now(),
    )
    db.session.add(curriculum)
    db.session.flush()
    rows: list[Any] = []
    for position, (m, contact_minutes) in enumerate(modules):
        module = Module(id=new_id(), curriculum_id=curriculum.id, key=m.key)
        db.session.add(module)
        rows.append(
            VersionModule(
                version_id=version.id,
                module_id=module.id,
                key=m.key,
                position=position,
                title=m.title,
                contact_minutes=contact_minutes,
                domain=m.domain,
                content_note=m.content_note,
                has_observed_skills=m.observed_skills,
                is_required=m.required,
                equivalent_activity=m.equivalent_activity,
                competencies=json.dumps(m.competencies),
                delivery_modes=json.dumps(m.delivery_modes),
                prerequisites=json.dumps(m.prerequisites),
            )
        )
    db.session.add(version)
    db.session.flush()
    db.session.add_all(rows)
    db.session.flush()
    version.published_at = clock.now() if is_published else None
    db.session.commit()
    return version
