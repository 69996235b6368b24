"""People, profiles (erasable), accounts, roles, sign-ins, invitations, agencies."""

import enum
import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from advocates.access import Role
from advocates.database import Keyed, Model, text_enum


class Person(Keyed, Model):
    """Somebody the program knows. Never deleted: what is erasable stands in the profile."""

    erased_at: Mapped[datetime | None]
    merged_into_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))


class Agency(Keyed, Model):
    """A community organization that sends trainees."""

    name: Mapped[str] = mapped_column(String(200), unique=True)
    community_area: Mapped[str | None] = mapped_column(String(100))


class PersonProfile(Model):
    """What a person is called and how to reach them safely. Erasable; no postal address exists."""

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    chosen_name: Mapped[str] = mapped_column(String(200))
    certificate_name: Mapped[str | None] = mapped_column(String(100))
    pronunciation: Mapped[str | None] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(320))
    language: Mapped[str] = mapped_column(String(10), default="en")
    contact_preference: Mapped[str | None] = mapped_column(String(500))
    declines_mail: Mapped[bool] = mapped_column(default=False)
    agency_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("agency.id"), index=True)


class NameConfirmation(Keyed, Model):
    """The trainee confirmed how the name is printed, themself or on paper. It holds while the name is the same."""

    __table_args__ = (CheckConstraint("way <> 'paper' OR witnessed_by IS NOT NULL", name="paper_has_a_witness"),)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    way: Mapped[str] = mapped_column(String(10))
    confirmed_at: Mapped[datetime]
    recorded_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    witnessed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))


class Account(Model):
    """What a person signs in with. `epoch` grows when every sign-in must end."""

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    email_key: Mapped[str] = mapped_column(String(320), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    epoch: Mapped[int] = mapped_column(default=0)
    disabled_at: Mapped[datetime | None]


class RoleGrant(Keyed, Model):
    """A role, for everything or for one cohort. Ended, never deleted."""

    __table_args__ = (
        Index(
            "uq_role_grant_open",
            "person_id",
            "role",
            "cohort_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index(
            "uq_role_grant_open_everywhere",
            "person_id",
            "role",
            unique=True,
            sqlite_where=text("ended_at IS NULL AND cohort_id IS NULL"),
            postgresql_where=text("ended_at IS NULL AND cohort_id IS NULL"),
        ),
    )
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[Role] = mapped_column(text_enum(Role))
    cohort_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("cohort.id"), index=True)
    granted_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    granted_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class SignIn(Keyed, Model):
    """One signed-in browser. The cookie holds a token; only its hash is here."""

    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    epoch: Mapped[int]
    signed_in_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class InvitationPurpose(enum.StrEnum):
    JOIN = "join"
    RESET = "reset"
    FIRST_ADMINISTRATOR = "first_administrator"


class Invitation(Keyed, Model):
    """A single-use link that expires, to set a password. Only the token's hash is stored."""

    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    purpose: Mapped[InvitationPurpose] = mapped_column(text_enum(InvitationPurpose))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SignInFailure(Keyed, Model):
    """A failed sign-in, for throttling: salted digests of who and where, kept for minutes."""

    subject: Mapped[str] = mapped_column(String(64), index=True)
    failed_at: Mapped[datetime] = mapped_column(index=True)
