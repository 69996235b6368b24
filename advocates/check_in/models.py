"""Check-ins (append-only evidence), tablets that serve as kiosks, and the codes that people type there."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from advocates.audit.models import AppendOnly
from advocates.check_in.rules import Direction, Means
from advocates.database import Keyed, Model, text_enum


class CheckIn(Keyed, AppendOnly, Model):
    """APPEND-ONLY. Somebody said that they came or left; evidence for a mark, never credit by itself.

    `at` is the server's time. `client_key` is the form's, so that a form sent twice writes one row.
    """

    session_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("training_session.id"), index=True)
    enrollment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("enrollment.id"), index=True)
    direction: Mapped[Direction] = mapped_column(text_enum(Direction))
    means: Mapped[Means] = mapped_column(text_enum(Means))
    at: Mapped[datetime]
    client_key: Mapped[uuid.UUID] = mapped_column(unique=True)


class Kiosk(Keyed, Model):
    """A browser that does nothing but check people in at one session. Its cookie holds a token; its hash is here."""

    session_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("training_session.id"), index=True)
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    started_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class PersonalCode(Model):
    """The six digits by which a person is found at a kiosk, in place of a list of names."""

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(6), unique=True)
