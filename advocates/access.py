"""Who may do what: permissions, the roles that carry them, and the declaration every route makes."""

import enum
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from flask import abort
from flask_login import current_user


class Role(enum.StrEnum):
    ADMINISTRATOR = "administrator"
    TRAINER = "trainer"
    TRAINEE = "trainee"
    AUDITOR = "auditor"


class Permission(enum.StrEnum):
    """What a route asks for. PUBLIC needs no account, SIGNED_IN any account."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    VIEW_CURRICULA = "view_curricula"
    MANAGE_CURRICULA = "manage_curricula"
    VIEW_MATERIALS = "view_materials"
    VIEW_QUESTIONS = "view_questions"
    WRITE_QUESTIONS = "write_questions"
    VIEW_COHORTS = "view_cohorts"
    MANAGE_COHORTS = "manage_cohorts"
    MANAGE_PEOPLE = "manage_people"
    TAKE_ATTENDANCE = "take_attendance"
    CORRECT_ATTENDANCE = "correct_attendance"
    REOPEN_SESSIONS = "reopen_sessions"
    CHECK_IN = "check_in"
    PROPOSE_MAKE_UPS = "propose_make_ups"
    APPROVE_MAKE_UPS = "approve_make_ups"
    VIEW_WAYS = "view_ways"
    RECORD_ASSESSMENTS = "record_assessments"
    MANAGE_TESTS = "manage_tests"
    TAKE_TESTS = "take_tests"
    SIGN_AGREEMENTS = "sign_agreements"
    VIEW_SIGNATURES = "view_signatures"
    RUN_SURVEYS = "run_surveys"
    VIEW_ENROLLMENTS = "view_enrollments"
    VIEW_GRADUATION = "view_graduation"
    PROPOSE_WAIVERS = "propose_waivers"
    APPROVE_WAIVERS = "approve_waivers"
    ISSUE_CREDENTIALS = "issue_credentials"
    MANAGE_SETTINGS = "manage_settings"
    VIEW_AUDIT = "view_audit"


_TRAINER = {
    Permission.VIEW_CURRICULA,
    Permission.VIEW_MATERIALS,
    Permission.VIEW_QUESTIONS,
    Permission.WRITE_QUESTIONS,
    Permission.VIEW_COHORTS,
    Permission.TAKE_ATTENDANCE,
    Permission.CORRECT_ATTENDANCE,
    Permission.PROPOSE_MAKE_UPS,
    Permission.APPROVE_MAKE_UPS,
    Permission.VIEW_WAYS,
    Permission.RECORD_ASSESSMENTS,
    Permission.RUN_SURVEYS,
    Permission.VIEW_ENROLLMENTS,
    Permission.VIEW_GRADUATION,
    Permission.PROPOSE_WAIVERS,
}
PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(Permission)
    - {Permission.SIGN_AGREEMENTS, Permission.CHECK_IN, Permission.TAKE_TESTS},
    Role.TRAINER: frozenset(_TRAINER),
    Role.TRAINEE: frozenset(
        {
            Permission.CHECK_IN,
            Permission.SIGN_AGREEMENTS,
            Permission.VIEW_SIGNATURES,
            Permission.TAKE_TESTS,
            Permission.VIEW_ENROLLMENTS,
            Permission.VIEW_WAYS,
            Permission.VIEW_MATERIALS,
        }
    ),
    Role.AUDITOR: frozenset(
        {
            Permission.VIEW_CURRICULA,
            Permission.VIEW_COHORTS,
            Permission.VIEW_ENROLLMENTS,
            Permission.VIEW_SIGNATURES,
            Permission.VIEW_GRADUATION,
        }
    ),
}


@dataclass(frozen=True)
class Actor:
    """The signed-in person as every activity sees them. Trainers and auditors are bound to their cohorts."""

    person_id: uuid.UUID
    name: str
    sign_in_id: uuid.UUID
    roles: frozenset[Role]
    cohorts: dict[Role, frozenset[uuid.UUID]] = field(default_factory=dict)
    language: str = "en"

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        return str(self.person_id)

    def has(self, role: Role) -> bool:
        return role in self.roles

    def may(self, permission: Permission) -> bool:
        """Whether any role carries the permission, wherever it holds."""
        if permission in {Permission.PUBLIC, Permission.SIGNED_IN}:
            return True
        return any(permission in PERMISSIONS[role] for role in self.roles)

    def may_in(self, permission: Permission, cohort_id: uuid.UUID) -> bool:
        """Whether a role carries the permission for this cohort. A trainee's own rows are checked by person."""
        if self.has(Role.ADMINISTRATOR) and permission in PERMISSIONS[Role.ADMINISTRATOR]:
            return True
        return any(cohort_id in cohorts for cohorts in self._cohorts_with(permission))

    def cohort_ids(self, permission: Permission) -> frozenset[uuid.UUID] | None:
        """The cohorts for which the permission holds; None means every cohort."""
        if self.has(Role.ADMINISTRATOR) and permission in PERMISSIONS[Role.ADMINISTRATOR]:
            return None
        return frozenset().union(*self._cohorts_with(permission))

    def _cohorts_with(self, permission: Permission) -> list[frozenset[uuid.UUID]]:
        """A trainee's rows are their own, never a whole cohort's, whatever their grants say."""
        return [
            cohorts
            for role, cohorts in self.cohorts.items()
            if role is not Role.TRAINEE and permission in PERMISSIONS[role]
        ]


View = TypeVar("View", bound=Callable[..., Any])


def requires(permission: Permission) -> Callable[[View], View]:
    """Declare what a route needs. Every route must; the check itself runs before the view is called."""

    def declare(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return declare


def actor() -> Actor:
    """The signed-in person of this request. Only in views that do not declare PUBLIC."""
    return current_user._get_current_object()


def check_scope(permission: Permission, cohort_id: uuid.UUID) -> None:
    """Answer 404, like a missing object, unless the actor holds the permission in this cohort."""
    if not actor().may_in(permission, cohort_id):
        abort(404)
