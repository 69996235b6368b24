"""Two cohorts with one of everything in each, and one person of every role: what the access table is held against."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from advocates import clock
from advocates.assessments.models import AgreementText, AssessmentAttempt, SkillSignOff
from advocates.assessments.rules import AssessmentKind, text_sha256
from advocates.attendance.models import MakeUp, MakeUpState
from advocates.calendars.models import CalendarLink
from advocates.cohorts.models import Cohort
from advocates.credentials.models import IssuingBatch, Waiver, WaiverState
from advocates.curriculum.models import CurriculumVersion
from advocates.curriculum.queries import modules_of
from advocates.curriculum.rules import MakeUpRoute
from advocates.database import db, new_id
from advocates.messages.models import MessageState
from advocates.messages.outbox import queue_message
from advocates.people.models import RoleGrant, SignIn
from advocates.question_bank.rules import Image
from advocates.schedule.models import ClosedDay, MeetingPattern
from advocates.staffing.models import Qualification
from tests.factories.attendance import make_sheet
from tests.factories.check_in import make_kiosk
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.curriculum import make_version
from tests.factories.evaluations import make_invitations, make_round
from tests.factories.grading import make_graded_essay
from tests.factories.graduation import make_credential, make_signature
from tests.factories.legacy import make_legacy_cohort
from tests.factories.materials import make_material
from tests.factories.people import make_person
from tests.factories.question_bank import PNG, make_bank, single
from tests.factories.schedule import make_session
from tests.factories.sittings import make_assessment, make_opening, make_sitting
from tests.factories.skills import authorize_skills
from tests.factories.transfers import make_map

DAY = date(2026, 10, 20)


@dataclass(frozen=True)
class World:
    """`people` by role; the ids of one cohort's things and of another's, by the name of the route's argument."""

    people: dict[str, uuid.UUID]
    own: dict[str, uuid.UUID]
    other: dict[str, uuid.UUID]
    personal: dict[str, dict[str, uuid.UUID]]

    def own_of(self, actor: str, arguments: set[str]) -> dict[str, uuid.UUID]:
        """Things of the actor's cohort; what belongs to one person, like a sign-in, is the actor's own."""
        ids = self.own | self.personal.get(actor, {})
        return {name: ids[name] for name in arguments}

    def others(self, arguments: set[str]) -> dict[str, uuid.UUID]:
        return {name: self.other[name] for name in arguments}


def build_world() -> World:
    administrator = make_person("Ada Quill", roles=["administrator"])
    text = AgreementText(
        id=new_id(),
        key="code_of_ethics",
        version=1,
        title="Code of ethics",
        body="Be kind.",
        sha256=text_sha256("Code of ethics", "Be kind."),
        published_at=clock.now(),
    )
    db.session.add(text)
    db.session.commit()
    version = make_version()
    own, other = make_cohort(version), make_cohort(version)
    trainee, stranger = make_enrollment(own, "Wen Harlow"), make_enrollment(other, "Basil Thorne")
    people = {
        "administrator": administrator.id,
        "trainer": make_person("Rosa Ebel", roles=["trainer"], cohort_id=own.id).id,
        "trainee": trainee.person_id,
        "auditor": make_person("Sunniva Castellane", roles=["auditor"], cohort_id=own.id).id,
    }
    invitations = make_invitations(own, *people.values())
    mail = queue_message("wen@example.org", "Your account", "Hello")
    mail.state = MessageState.FAILED
    approved = make_map(version, make_version(minutes=(60, 45)))
    shared = {"text_id": text.id, "message_id": mail.id, "map_id": approved.id} | _planning(administrator)
    shared["skill_number"] = 1
    return World(
        people=people,
        own=shared | _things(own, trainee, administrator, "LCS-2026-0001"),
        other=shared | _things(other, stranger, administrator, "LCS-2026-0002"),
        personal={
            role: {"sign_in_id": _sign_in(person_id), "link_id": _calendar_link(person_id)}
            | {"invitation_id": invitations[person_id]}
            for role, person_id in people.items()
        },
    )


def _things(cohort: Cohort, enrollment: Any, administrator: Any, serial: str) -> dict[str, uuid.UUID]:
    """One of everything that a route names."""
    proposer = make_person("Odo Lantern", roles=["trainer"])
    session = make_session(cohort, DAY)
    common = {"enrollment_id": enrollment.id}
    attempt = AssessmentAttempt(
        id=new_id(), kind=AssessmentKind.PRE_TEST, number=1, score=9, questions=50, taken_on=DAY,
        recorded_by=administrator.id, recorded_at=clock.now(), **common,
    )  # fmt: skip
    signed = SkillSignOff(
        id=new_id(),
        skill="Makes a safety plan",
        signed_by=proposer.id,
        signed_at=clock.now(),
        observed_on=DAY,
        **common,
    )
    segment_module = _first_module(cohort)
    make_up = MakeUp(
        id=new_id(), module_id=segment_module, from_minute=0, to_minute=10, route=MakeUpRoute.EQUIVALENT_ACTIVITY,
        done_on=DAY, evidence="Reviewed.", proposed_by=proposer.id, proposed_at=clock.now(), state=MakeUpState.PROPOSED,
        **common,
    )  # fmt: skip
    waiver = Waiver(
        id=new_id(), requirement="pre_test", reason_code="late_enrollment", proposed_by=proposer.id,
        proposed_at=clock.now(), state=WaiverState.PROPOSED, **common,
    )  # fmt: skip
    batch = IssuingBatch(id=new_id(), cohort_id=cohort.id, requested_by=administrator.id, requested_at=clock.now())
    db.session.add_all([attempt, signed, make_up, waiver, batch])
    db.session.commit()
    grant = db.session.scalars(select(RoleGrant.id).filter_by(person_id=proposer.id)).first()
    return {
        "cohort_id": cohort.id,
        "version_id": cohort.curriculum_version_id,
        "other_version_id": cohort.curriculum_version_id,
        "module_id": segment_module,
        "material_id": make_material(cohort.curriculum_version_id, administrator).id,
        "question_id": _question(cohort, administrator, serial.lower()),
        "sha256": hashlib.sha256(PNG).hexdigest(),
        "file_format": "gift",
        "session_id": session.id,
        "sheet_id": make_sheet(session, administrator).id,
        "enrollment_id": enrollment.id,
        "person_id": enrollment.person_id,
        "known_id": enrollment.person_id,
        "grant_id": grant,
        "sign_in_id": _sign_in(enrollment.person_id),
        "link_id": _calendar_link(proposer.id),
        "qualification_id": _qualification(proposer.id),
        "authorization_id": authorize_skills(cohort, proposer, administrator).id,
        "attempt_id": attempt.id,
        "signature_id": make_signature(enrollment).id,
        "sign_off_id": signed.id,
        "make_up_id": make_up.id,
        "kiosk_id": make_kiosk(session, administrator)[0].id,
        **_test(cohort, enrollment, administrator),
        "waiver_id": waiver.id,
        "batch_id": batch.id,
        "round_id": make_round(cohort, "follow_up_supervisor").id,
        "kind": "end",
        "invitation_id": make_invitations(cohort, enrollment.person_id)[enrollment.person_id],
        "legacy_cohort_id": make_legacy_cohort(administrator, make_person("Bo Carr")).id,
        "credential_id": make_credential(enrollment, administrator, serial).id,
    }


def _question(cohort: Cohort, author: Any, key: str) -> uuid.UUID:
    """A question with an image."""
    image = Image(hashlib.sha256(PNG).hexdigest(), "A map")
    version = db.session.get_one(CurriculumVersion, cohort.curriculum_version_id)
    stored = make_bank(version, author, questions=[single(key, image=image)], images={image.file: PNG})
    return next(each.row.id for each in stored if each.row.key == key)


def _test(cohort: Cohort, enrollment: Any, administrator: Any) -> dict[str, Any]:
    """A test that is open, and the enrollment's sitting of it."""
    version = db.session.get_one(CurriculumVersion, cohort.curriculum_version_id)
    opening = make_opening(cohort, make_assessment(version, administrator), administrator)
    ids = {"opening_id": opening.id, "sitting_id": make_sitting(opening, enrollment).id, "digest": "0" * 64}
    return ids | make_graded_essay(opening, version, enrollment, administrator)


def _planning(administrator: Any) -> dict[str, uuid.UUID]:
    """What every cohort's planning rests on."""
    by = {"added_by": administrator.id, "added_at": clock.now()}
    closed = ClosedDay(id=new_id(), first_day=DAY, last_day=DAY, name="Staff day", **by)
    pattern = MeetingPattern(
        id=new_id(), title="Two evenings", meetings="[]", created_by=administrator.id, created_at=clock.now()
    )
    db.session.add_all([closed, pattern])
    db.session.commit()
    return {"closed_day_id": closed.id, "pattern_id": pattern.id}


def _first_module(cohort: Cohort) -> uuid.UUID:
    return modules_of(cohort.curriculum_version_id)[0].module_id


def _qualification(person_id: uuid.UUID) -> uuid.UUID:
    row = Qualification(
        id=new_id(), person_id=person_id, title="Trainer", holds_from=DAY, added_by=person_id, added_at=clock.now()
    )
    db.session.add(row)
    db.session.commit()
    return row.id


def _calendar_link(person_id: uuid.UUID) -> uuid.UUID:
    link = CalendarLink(id=new_id(), token_sha256=new_id().hex, person_id=person_id, created_at=clock.now())
    db.session.add(link)
    db.session.commit()
    return link.id


def _sign_in(person_id: uuid.UUID) -> uuid.UUID:
    now = clock.now()
    sign_in = SignIn(
        id=new_id(), token_sha256=new_id().hex, person_id=person_id, epoch=0, signed_in_at=now, last_seen_at=now,
        expires_at=now,
    )  # fmt: skip
    db.session.add(sign_in)
    db.session.commit()
    return sign_in.id
