"""When a cohort takes applications, what applicants consent to, each application, and each offer of a seat."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from advocates.admissions.rules import OfferState
from advocates.database import Keyed, Model, text_enum


class ConsentText(Keyed, Model):
    """What an applicant agrees to before anything is stored. Never changed: a new wording is a new version."""

    version: Mapped[int] = mapped_column(unique=True)
    body: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    published_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime]


class ApplicationWindow(Model):
    """Whether and when strangers may apply to a cohort, and what becomes of an application.

    Where no approval is needed, an applicant is offered a free seat at once. `closes_at` is the instant from which
    nobody can apply any more. Without a row nobody can apply.
    """

    __table_args__ = (CheckConstraint("offer_hours > 0", name="offer_hours_positive"),)
    cohort_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cohort.id"), primary_key=True)
    is_on: Mapped[bool]
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    needs_approval: Mapped[bool]
    offers_by_itself: Mapped[bool]
    offer_hours: Mapped[int]


class Application(Model):
    """That the person of this enrollment applied on the public page, and to which text they consented."""

    enrollment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("enrollment.id"), primary_key=True)
    cohort_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cohort.id"), index=True)
    consent_text_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consent_text.id"))
    applied_at: Mapped[datetime]


class Offer(Keyed, Model):
    """A seat held for one person until they answer by a private link. Only the hash of its token is stored.

    `expires_at` is None until the person was told: written to, or the link made for somebody to hand over.
    """

    __table_args__ = (
        Index(
            "uq_offer_open",
            "enrollment_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )
    enrollment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("enrollment.id"))
    cohort_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cohort.id"), index=True)
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    state: Mapped[OfferState] = mapped_column(text_enum(OfferState))
    made_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime | None] = mapped_column(index=True)
    answered_at: Mapped[datetime | None]
