"""Add a material to a module, or retire one."""

import uuid

from sqlalchemy import func, select

from advocates import clock
from advocates.audit.recording import record
from advocates.curriculum.models import CurriculumVersion, MaterialKind, ModuleMaterial
from advocates.database import db, new_id
from advocates.files import storing


def add_file(
    actor_id: uuid.UUID, version_id: uuid.UUID, module_id: uuid.UUID, title: str, content: bytes, media_type: str
) -> uuid.UUID:
    """Store the bytes as the module's last material; its id. Flushes."""
    position = _next_position(version_id, module_id)
    file_id = storing.put(content, media_type).id
    return _add(
        actor_id,
        ModuleMaterial(
            version_id=version_id, module_id=module_id, position=position, title=title, kind=MaterialKind.FILE,
            file_id=file_id,
        ),
    )  # fmt: skip


def add_link(actor_id: uuid.UUID, version_id: uuid.UUID, module_id: uuid.UUID, title: str, url: str) -> uuid.UUID:
    """An https address as the module's last material; its id. Flushes."""
    position = _next_position(version_id, module_id)
    return _add(
        actor_id,
        ModuleMaterial(
            version_id=version_id, module_id=module_id, position=position, title=title, kind=MaterialKind.LINK, url=url
        ),
    )


def retire_material(actor_id: uuid.UUID, material_id: uuid.UUID) -> None:
    """Give it to nobody any more; it stays on record. Nothing where it is retired already. Flushes."""
    locked = select(ModuleMaterial).where(ModuleMaterial.id == material_id).with_for_update()
    material = db.session.scalars(locked, execution_options={"populate_existing": True}).one()
    if material.retired_at is not None:
        return
    material.retired_at, material.retired_by = clock.now(), actor_id
    record(
        actor_id,
        "retire_material",
        version_id=material.version_id,
        module_id=material.module_id,
        material_id=material_id,
    )


def _add(actor_id: uuid.UUID, material: ModuleMaterial) -> uuid.UUID:
    material.id, material.added_by, material.added_at = new_id(), actor_id, clock.now()
    db.session.add(material)
    record(
        actor_id,
        "add_material",
        version_id=material.version_id,
        module_id=material.module_id,
        material_id=material.id,
        kind=material.kind,
    )
    return material.id


def _next_position(version_id: uuid.UUID, module_id: uuid.UUID) -> int:
    """The place after the last, with the version locked so that no two get one place."""
    db.session.execute(select(CurriculumVersion.id).where(CurriculumVersion.id == version_id).with_for_update())
    last = select(func.max(ModuleMaterial.position)).where(
        ModuleMaterial.version_id == version_id, ModuleMaterial.module_id == module_id
    )
    taken = db.session.scalar(last)
    return 0 if taken is None else taken + 1
