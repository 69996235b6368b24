"""Attendance marks (append-only) and make-ups of missed slices."""

import enum
import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advocates.attendance.rules import Outcome
from advocates.audit.models import AppendOnly
from advocates.curriculum.rules import MakeUpRoute
from advocates.database import Keyed, Model, text_enum


class MarkWay(enum.StrEnum):
    REGISTER = "register"
    OFFLINE = "offline"
    PAPER = "paper"
    CHECK_IN = "check_in"
    IMPORT = "import"


class AttendanceMark(Keyed, AppendOnly, Model):
    """APPEND-ONLY. What was recorded of one trainee at one session; the highest version is current."""

    __table_args__ = (
        UniqueConstraint("session_id", "enrollment_id", "version"),
        UniqueConstraint("recorded_by", "client_key"),
        CheckConstraint("version > 0", name="version_positive"),
        CheckConstraint("way <> 'paper' OR witnessed_by IS NOT NULL", name="paper_has_a_witness"),
    )
    session_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("training_session.id"))
    enrollment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("enrollment.id"), index=True)
    version: Mapped[int]
    outcome: Mapped[Outcome] = mapped_column(text_enum(Outcome))
    intervals: Mapped[str] = mapped_column(Text, default="[]")
    way: Mapped[MarkWay] = mapped_column(text_enum(MarkWay))
    recorded_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    witnessed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime]
    device_at: Mapped[datetime | None]
    client_key: Mapped[uuid.UUID]
    reason_code: Mapped[str | None] = mapped_column(String(40))


class SessionReopening(Keyed, AppendOnly, Model):
    """APPEND-ONLY. A sign-off that was taken back: who had signed, who opened the session again, and why."""

    session_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("training_session.id"), index=True)
    signed_off_at: Mapped[datetime]
    signed_off_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    reopened_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    reopened_at: Mapped[datetime]
    reason_code: Mapped[str] = mapped_column(String(40))


class PaperSheet(Keyed, AppendOnly, Model):
    """APPEND-ONLY. A sign-in sheet that was typed in, or scanned, at one moment.

    The marks that were typed from it are those of its audit event.
    """

    session_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("training_session.id"), index=True)
    scan_file_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("stored_file.id"))
    entered_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    witnessed_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    entered_at: Mapped[datetime]


class MakeUpState(enum.StrEnum):
    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"
    REVERSED = "reversed"


class MakeUp(Keyed, Model):
    """A missed slice paid by another session or an equivalent activity: one proposes, another approves.

    `approved_by` is who decided at `decided_at`, also where that was a refusal. `reason_code` says why it was refused
    or reversed.
    """

    __table_args__ = (
        CheckConstraint("approved_by <> proposed_by", name="two_people"),
        CheckConstraint("to_minute > from_minute AND from_minute >= 0", name="slice_in_order"),
    )
    enrollment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("enrollment.id"), index=True)
    module_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("module.id"))
    from_minute: Mapped[int]
    to_minute: Mapped[int]
    route: Mapped[MakeUpRoute] = mapped_column(text_enum(MakeUpRoute))
    session_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("training_session.id"))
    done_on: Mapped[date]
    evidence: Mapped[str] = mapped_column(String(500))
    evidence_file_id: Mapped[uuid.UUID | None]
    proposed_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime]
    approved_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    state: Mapped[MakeUpState] = mapped_column(text_enum(MakeUpState), default=MakeUpState.PROPOSED)
    reversed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    reversed_at: Mapped[datetime | None]
    reason_code: Mapped[str | None] = mapped_column(String(40))
