"""Equivalence maps (frozen once approved) and the transfers that were made by them."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from advocates.audit.models import AppendOnly
from advocates.database import Keyed, Model, text_enum
from advocates.equivalence.rules import GateKind


class EquivalenceMap(Keyed, Model):
    """What of one version stands for what of another. Proposed by who changed it last, approved by somebody else."""

    __table_args__ = (
        CheckConstraint("from_version_id <> to_version_id", name="two_versions"),
        CheckConstraint("approved_by <> proposed_by", name="two_people"),
        CheckConstraint("(approved_by IS NULL) = (approved_at IS NULL)", name="approved_by_somebody"),
        Index("ix_equivalence_map_versions", "from_version_id", "to_version_id"),
    )
    from_version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("curriculum_version.id"))
    to_version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("curriculum_version.id"))
    proposed_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime]
    approved_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None]


class EquivalenceLine(Keyed, Model):
    """Minutes of a module of the version that is left, and where as many begin in a module of the other."""

    __table_args__ = (
        CheckConstraint("from_minute >= 0 AND to_minute > from_minute", name="slice_in_order"),
        CheckConstraint("to_from_minute >= 0", name="target_in_module"),
    )
    map_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("equivalence_map.id"), index=True)
    position: Mapped[int]
    from_module_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("module.id"))
    from_minute: Mapped[int]
    to_minute: Mapped[int]
    to_module_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("module.id"))
    to_from_minute: Mapped[int]


class EquivalenceGate(Keyed, Model):
    """A test, skill or agreement of the one version that stands in the other."""

    __table_args__ = (Index("uq_equivalence_gate_target", "map_id", "kind", "to_name", unique=True),)
    map_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("equivalence_map.id"))
    kind: Mapped[GateKind] = mapped_column(text_enum(GateKind))
    from_name: Mapped[str] = mapped_column(String(500))
    to_name: Mapped[str] = mapped_column(String(500))


class Transfer(Keyed, AppendOnly, Model):
    """APPEND-ONLY. One enrollment closed and another opened by a map: what was earned counts on as far as it maps."""

    __table_args__ = (CheckConstraint("from_enrollment_id <> to_enrollment_id", name="two_enrollments"),)
    from_enrollment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("enrollment.id"), unique=True)
    to_enrollment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("enrollment.id"), unique=True)
    map_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("equivalence_map.id"))
    reason_code: Mapped[str] = mapped_column(String(40))
    made_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
