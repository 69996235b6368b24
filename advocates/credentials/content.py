"""What an award states, frozen as JSON when its serial is reserved; the name alone is kept apart."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import current_app
from flask_babel import gettext
from sqlalchemy import select

from advocates.cohorts.models import Cohort, Enrollment, Placement
from advocates.credentials.certificate import CertificateContent, Signatory, TranscriptRow
from advocates.credentials.models import Issuer
from advocates.credentials.models import Signatory as SignatoryRow
from advocates.credentials.rules import Eligibility
from advocates.curriculum.delivery import DeliveryMode
from advocates.curriculum.models import CurriculumVersion, VersionModule
from advocates.database import db


@dataclass(frozen=True)
class Letterhead:
    """The issuer and signatories as they stand now."""

    issuer: Issuer
    signatories: tuple[SignatoryRow, ...]


def find_letterhead() -> Letterhead | None:
    """None until an administrator has named the issuer and at least one signatory."""
    issuer = db.session.scalars(select(Issuer)).first()
    signatories = tuple(db.session.scalars(select(SignatoryRow).order_by(SignatoryRow.position)))
    return Letterhead(issuer, signatories) if issuer and signatories else None


def freeze(
    eligibility: Eligibility,
    letterhead: Letterhead,
    *,
    last_days: Mapping[uuid.UUID, date],
    completed_on: date,
    issued_on: date,
) -> str:
    """The canonical JSON of everything printed except the name, serial and code."""
    version, place = _version_and_place(eligibility.enrollment_id)
    titles = select(VersionModule.module_id, VersionModule.title).where(VersionModule.version_id == version.id)
    title_of: dict[uuid.UUID, str] = dict(db.session.execute(titles).all())
    balance = eligibility.facts.balance
    content = {
        "program_title": letterhead.issuer.program_title,
        "issuer_name": letterhead.issuer.name,
        "is_sample": letterhead.issuer.is_sample,
        "curriculum_title": version.title,
        "version_number": version.number,
        "credited_minutes": balance.credited_minutes,
        "minutes_by_mode": {str(mode): minutes for mode, minutes in balance.mode_minutes.items() if minutes},
        "completed_on": completed_on.isoformat(),
        "issued_on": issued_on.isoformat(),
        "signatories": [[row.name, row.title] for row in letterhead.signatories],
        "transcript": [
            [title_of[module.module_id], module.credited_minutes, _iso(last_days.get(module.module_id))]
            for module in balance.modules
            if module.credited_minutes
        ],
        "place": place,
        "language": "en",
    }
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def thaw(content: str, *, printed_name: str, serial: str, code: str) -> CertificateContent:
    """What the certificate prints, from the frozen JSON."""
    stated: dict[str, Any] = json.loads(content)
    return CertificateContent(
        printed_name=printed_name,
        program_title=stated["program_title"],
        curriculum_title=stated["curriculum_title"],
        version_number=stated["version_number"],
        credited_minutes=stated["credited_minutes"],
        minutes_by_mode={mode_label(mode): minutes for mode, minutes in stated["minutes_by_mode"].items()},
        completed_on=date.fromisoformat(stated["completed_on"]),
        issued_on=date.fromisoformat(stated["issued_on"]),
        issuer_name=stated["issuer_name"],
        signatories=tuple(Signatory(name, title) for name, title in stated["signatories"]),
        serial=serial,
        verification_code=code,
        check_address=f"{current_app.config['BASE_ADDRESS']}/verify/{code}",
        transcript=tuple(
            TranscriptRow(title, minutes, date.fromisoformat(day) if day else None)
            for title, minutes, day in stated["transcript"]
        ),
        place=stated["place"],
        is_sample=stated["is_sample"],
        language=stated["language"],
    )


def mode_label(mode: str) -> str:
    """A delivery mode in words."""
    return {
        DeliveryMode.IN_PERSON: gettext("In person"),
        DeliveryMode.LIVE_ONLINE: gettext("Live online"),
        DeliveryMode.SELF_PACED: gettext("Self-paced"),
        DeliveryMode.EQUIVALENT_ACTIVITY: gettext("Equivalent activity"),
    }[DeliveryMode(mode)]


def _version_and_place(enrollment_id: uuid.UUID) -> tuple[CurriculumVersion, str | None]:
    row = db.session.execute(
        select(CurriculumVersion, Cohort.place)
        .join(Enrollment, Enrollment.curriculum_version_id == CurriculumVersion.id)
        .outerjoin(Placement, (Placement.enrollment_id == Enrollment.id) & Placement.ended_at.is_(None))
        .outerjoin(Cohort, Cohort.id == Placement.cohort_id)
        .where(Enrollment.id == enrollment_id)
    ).one()
    return row[0], row[1]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
