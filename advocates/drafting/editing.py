"""Change a draft: its modules, their order, its rules. Every change locks the version first, so they come in turn."""

import uuid
from collections.abc import Sequence

from sqlalchemy import bindparam, delete, exists, select, update

from advocates.audit.recording import record
from advocates.curriculum.carrying import forget_materials
from advocates.curriculum.importing import add_version, module_columns
from advocates.curriculum.models import Curriculum, CurriculumVersion, Module, VersionModule
from advocates.curriculum.publishing import lock_draft
from advocates.curriculum.queries import VersionWithModules, module_document
from advocates.curriculum.rules import CurriculumDocument, ModuleDocument, rules_to_json
from advocates.curriculum.rules.reading import MOST_MODULES
from advocates.database import db, new_id
from advocates.drafting.rules import RulesDraft, Values, blank_document, module_values, rules_values
from advocates.seen import ChangedMeanwhile, Seen


class TitleKnown(Exception):
    """Another curriculum has this title."""


class KeyKnown(Exception):
    """The draft has a module of this key already."""


class TooManyModules(Exception):
    """The draft has as many modules as a curriculum may have."""


class ModuleGone(Exception):
    """Somebody else removed the module meanwhile."""


def start_draft(actor_id: uuid.UUID, title: str, required_contact_minutes: int) -> uuid.UUID:
    """A new curriculum with one draft and no modules; the draft's id. Raises TitleKnown. Flushes."""
    if db.session.scalar(select(exists().where(Curriculum.title == title))):
        raise TitleKnown
    curriculum = Curriculum(id=new_id(), title=title)
    db.session.add(curriculum)
    db.session.flush()
    version = add_version(actor_id, curriculum.id, blank_document(title, required_contact_minutes))
    record(actor_id, "start_draft", curriculum_id=curriculum.id, version_id=version.id)
    return version.id


def add_module(actor_id: uuid.UUID, version_id: uuid.UUID, module: ModuleDocument) -> uuid.UUID:
    """Put a module at the end; its id, which is that of the same key in other versions.

    Raises KeyKnown, TooManyModules and AlreadyPublished. Flushes.
    """
    version = lock_draft(version_id)
    rows = _rows(version_id)
    if any(row.key == module.key for row in rows):
        raise KeyKnown
    if len(rows) >= MOST_MODULES:
        raise TooManyModules
    module_id = _identity(version, module.key)
    db.session.add(
        VersionModule(version_id=version_id, module_id=module_id, position=len(rows), **module_columns(module))
    )
    record(actor_id, "add_module", version_id=version_id, module_id=module_id)
    return module_id


def edit_module(
    actor_id: uuid.UUID, version_id: uuid.UUID, module_id: uuid.UUID, wanted: ModuleDocument, seen: Seen
) -> None:
    """Make the module say what is wanted. Raises ModuleGone, ChangedMeanwhile and AlreadyPublished. Flushes."""
    lock_draft(version_id)
    row = next((row for row in _rows(version_id) if row.module_id == module_id), None)
    if row is None:
        raise ModuleGone
    before, after = module_values(module_document(row)), module_values(wanted)
    seen.check(before, after)
    for name, value in module_columns(wanted).items():
        setattr(row, name, value)
    if changes := _changes(before, after):
        record(actor_id, "edit_module", version_id=version_id, module_id=module_id, changes=changes)


def remove_module(actor_id: uuid.UUID, version_id: uuid.UUID, module_id: uuid.UUID) -> None:
    """Take a module out; what builds on it says so until it is mended. Raises ModuleGone, AlreadyPublished. Flushes."""
    lock_draft(version_id)
    rows = _rows(version_id)
    if all(row.module_id != module_id for row in rows):
        raise ModuleGone
    forget_materials(version_id, module_id)
    db.session.execute(
        delete(VersionModule).where(VersionModule.version_id == version_id, VersionModule.module_id == module_id)
    )
    db.session.expire_all()
    still_used = exists().where(VersionModule.module_id == Module.id)
    db.session.execute(delete(Module).where(Module.id == module_id, ~still_used))
    _store_order(version_id, [row.module_id for row in _rows(version_id)])
    record(actor_id, "remove_module", version_id=version_id, module_id=module_id)


def order_modules(actor_id: uuid.UUID, version_id: uuid.UUID, wanted: Sequence[uuid.UUID], seen: Seen) -> None:
    """Put the modules into this order. Raises ChangedMeanwhile and AlreadyPublished. Flushes."""
    lock_draft(version_id)
    stored = [row.module_id for row in _rows(version_id)]
    seen.check(order_values(stored), order_values(wanted))
    if sorted(stored) != sorted(wanted):
        raise ChangedMeanwhile(order_values(stored), order_values(stored))
    if list(wanted) != stored:
        _store_order(version_id, wanted)
        record(actor_id, "order_modules", version_id=version_id)


def edit_rules(actor_id: uuid.UUID, version_id: uuid.UUID, wanted: RulesDraft, seen: Seen) -> None:
    """Make the version's rules, note and title say what is wanted.

    The title names the curriculum too, so it changes only while no other version has it. Raises TitleKnown,
    ChangedMeanwhile and AlreadyPublished. Flushes.
    """
    version = lock_draft(version_id)
    stored = VersionWithModules(version, _rows(version_id)).document
    before, after = rules_values(stored), rules_values(_as_document(wanted))
    seen.check(before, after)
    if wanted.title != version.title:
        _rename(version, wanted.title)
    version.note, version.required_contact_minutes = wanted.note, wanted.required_contact_minutes
    version.rules = rules_to_json(wanted.rules)
    if changes := _changes(before, after):
        record(actor_id, "edit_rules", version_id=version_id, changes=changes)


def order_values(order: Sequence[uuid.UUID]) -> dict[str, object]:
    """The order as the page that shows it says what it has shown."""
    return {"order": [str(module_id) for module_id in order]}


def may_rename(version: CurriculumVersion) -> bool:
    """Whether the title is this version's alone. One statement."""
    others = exists().where(
        CurriculumVersion.curriculum_id == version.curriculum_id, CurriculumVersion.id != version.id
    )
    return not db.session.scalar(select(others))


def _rename(version: CurriculumVersion, title: str) -> None:
    taken = exists().where(Curriculum.title == title, Curriculum.id != version.curriculum_id)
    if not may_rename(version) or db.session.scalar(select(taken)):
        raise TitleKnown
    version.title = db.session.get_one(Curriculum, version.curriculum_id).title = title


def _as_document(wanted: RulesDraft) -> CurriculumDocument:
    return CurriculumDocument(wanted.title, wanted.note, wanted.required_contact_minutes, (), wanted.rules)


def _identity(version: CurriculumVersion, key: str) -> uuid.UUID:
    """The id that the key has in this curriculum, or a new one."""
    # The version is locked, but another draft of the same curriculum may be adding the same key.
    db.session.execute(select(Curriculum.id).where(Curriculum.id == version.curriculum_id).with_for_update())
    known = select(Module.id).where(Module.curriculum_id == version.curriculum_id, Module.key == key)
    if (module_id := db.session.scalar(known)) is not None:
        return module_id
    module = Module(id=new_id(), curriculum_id=version.curriculum_id, key=key)
    db.session.add(module)
    db.session.flush()
    return module.id


def _rows(version_id: uuid.UUID) -> Sequence[VersionModule]:
    """The modules in order, fresh."""
    rows = select(VersionModule).where(VersionModule.version_id == version_id).order_by(VersionModule.position)
    return db.session.scalars(rows, execution_options={"populate_existing": True}).all()


def _store_order(version_id: uuid.UUID, order: Sequence[uuid.UUID]) -> None:
    """Two statements, since no two modules of a version may have one position even for a moment."""
    connection = db.session.connection()
    mine = update(VersionModule).where(VersionModule.version_id == version_id)
    connection.execute(mine.values(position=-1 - VersionModule.position))
    if order:
        one = mine.where(VersionModule.module_id == bindparam("one")).values(position=bindparam("place"))
        connection.execute(one, [{"one": module_id, "place": place} for place, module_id in enumerate(order)])
    db.session.expire_all()


def _changes(before: Values, after: Values) -> dict[str, tuple[str | None, str | None]]:
    return {name: (str(before[name]), str(value)) for name, value in after.items() if before[name] != value}
