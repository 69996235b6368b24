"""What becomes of materials when their draft is made, changed or discarded."""

import uuid

from sqlalchemy import delete, exists, select

from advocates.curriculum.models import ModuleMaterial, VersionModule
from advocates.database import db, new_id
from advocates.files.models import StoredFile


def carry_materials(from_version_id: uuid.UUID, to_version_id: uuid.UUID) -> None:
    """The modules of the new version keep the materials that the old one has; files are shared, not copied. Flushes."""
    kept = select(VersionModule.module_id).where(VersionModule.version_id == to_version_id)
    materials = db.session.scalars(
        select(ModuleMaterial).where(
            ModuleMaterial.version_id == from_version_id,
            ModuleMaterial.module_id.in_(kept),
            ModuleMaterial.retired_at.is_(None),
        )
    )
    db.session.add_all(
        ModuleMaterial(
            id=new_id(),
            version_id=to_version_id,
            module_id=material.module_id,
            position=material.position,
            title=material.title,
            kind=material.kind,
            file_id=material.file_id,
            url=material.url,
            added_by=material.added_by,
            added_at=material.added_at,
        )
        for material in materials
    )
    db.session.flush()


def forget_materials(version_id: uuid.UUID, module_id: uuid.UUID | None = None) -> None:
    """Delete those of a draft, or of one module of it, which nobody was ever given, with files that no other has."""
    mine = [ModuleMaterial.version_id == version_id]
    if module_id is not None:
        mine.append(ModuleMaterial.module_id == module_id)
    file_ids = db.session.scalars(
        select(ModuleMaterial.file_id).where(*mine, ModuleMaterial.file_id.is_not(None))
    ).all()
    db.session.execute(delete(ModuleMaterial).where(*mine))
    still_used = exists().where(ModuleMaterial.file_id == StoredFile.id)
    db.session.execute(delete(StoredFile).where(StoredFile.id.in_(file_ids), ~still_used))
