"""A file of a module, committed."""

import uuid
from typing import Any

from advocates.curriculum.models import ModuleMaterial
from advocates.curriculum.queries import modules_of
from advocates.database import db
from advocates.materials.adding import add_file

PDF = b"%PDF-1.7\n%handout"


def make_material(version_id: uuid.UUID, by: Any, *, place: int = 0, title: str = "Handout") -> ModuleMaterial:
    module_id = modules_of(version_id)[place].module_id
    material_id = add_file(by.id, version_id, module_id, title, PDF, "application/pdf")
    db.session.commit()
    return db.session.get_one(ModuleMaterial, material_id)
