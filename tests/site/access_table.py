"""Who may reach what: a row for every route. A new route without a row fails.

Each cell says what the actor gets for their own object and for another's:
`all` both, `own` their own (another's answers 404), `none` 404 for every object, `no` 403, `sign in` a redirect.
"""

ALL, OWN, NONE, NO = "all", "own", "none", "no"


def _row(administrator: str, trainer: str, trainee: str, auditor: str) -> dict[str, str]:
    return {"administrator": administrator, "trainer": trainer, "trainee": trainee, "auditor": auditor}


PUBLIC = _row(ALL, ALL, ALL, ALL)
SIGNED_IN = _row(ALL, ALL, ALL, ALL)
OWN_ONLY = _row(OWN, OWN, OWN, OWN)
ADMINISTRATOR = _row(ALL, NO, NO, NO)
STAFF = _row(ALL, ALL, NO, NO)
COHORT_STAFF = _row(ALL, OWN, NO, NO)
COHORT_READERS = _row(ALL, OWN, NO, OWN)
READERS = _row(ALL, ALL, NO, ALL)
ENROLLMENT_READERS = _row(ALL, OWN, OWN, OWN)
TRAINEE = _row(NO, NO, ALL, NO)

PUBLIC_ENDPOINTS = {
    "people.sign_in",
    "people.accept_invitation",
    "people.request_reset",
    "credentials.verify",
    "credentials.show_verification",
    "overview.healthz",
    "overview.readyz",
}

ACCESS: dict[str, dict[str, str]] = {
    "people.sign_out": SIGNED_IN,
    "people.list_people": ADMINISTRATOR,
    "people.add_person": ADMINISTRATOR,
    "people.show_person": ADMINISTRATOR,
    "people.edit_person": ADMINISTRATOR,
    "people.invite_person": ADMINISTRATOR,
    "people.grant_role": ADMINISTRATOR,
    "people.end_role": ADMINISTRATOR,
    "people.edit_profile": SIGNED_IN,
    "people.confirm_certificate_name": SIGNED_IN,
    "people.record_name_confirmation": ADMINISTRATOR,
    "people.list_sign_ins": SIGNED_IN,
    "people.end_sign_in": OWN_ONLY,
    "people.list_agencies": ADMINISTRATOR,
    "people.add_agency": ADMINISTRATOR,
    "curriculum.list_curricula": READERS,
    "curriculum.import_curriculum": ADMINISTRATOR,
    "curriculum.show_version": READERS,
    "curriculum.publish_version": ADMINISTRATOR,
    "curriculum.discard_draft": ADMINISTRATOR,
    "curriculum.export_version": READERS,
    "cohorts.list_cohorts": READERS,
    "cohorts.create_cohort": ADMINISTRATOR,
    "cohorts.show_cohort": COHORT_READERS,
    "cohorts.edit_cohort": ADMINISTRATOR,
    "cohorts.enroll_person": ADMINISTRATOR,
    "cohorts.enroll_list": ADMINISTRATOR,
    "cohorts.assign_trainers": ADMINISTRATOR,
    "cohorts.withdraw_enrollment": ADMINISTRATOR,
    "cohorts.accept_application": ADMINISTRATOR,
    "schedule.show_schedule": COHORT_READERS,
    "schedule.lay_out": ADMINISTRATOR,
    "schedule.add_session": ADMINISTRATOR,
    "schedule.edit_agenda": ADMINISTRATOR,
    "schedule.move_session": ADMINISTRATOR,
    "schedule.cancel_session": ADMINISTRATOR,
    "attendance.take_attendance": COHORT_STAFF,
    "attendance.sign_off": COHORT_STAFF,
    "attendance.correct_mark": COHORT_STAFF,
    "attendance.add_walk_in": COHORT_STAFF,
    "attendance.print_sheet": COHORT_STAFF,
    "attendance.enter_paper_sheet": COHORT_STAFF,
    "attendance.propose_make_up": COHORT_STAFF,
    "attendance.list_make_ups": STAFF,
    "attendance.decide_make_up": COHORT_STAFF,
    "assessments.record_scores": COHORT_STAFF,
    "assessments.sign_skills": COHORT_STAFF,
    "assessments.list_agreements": TRAINEE,
    "assessments.sign_agreement": TRAINEE,
    "assessments.record_paper_agreements": COHORT_STAFF,
    "assessments.list_agreement_texts": ADMINISTRATOR,
    "assessments.add_agreement_text": ADMINISTRATOR,
    "assessments.install_texts": ADMINISTRATOR,
    "assessments.void_attempt": COHORT_STAFF,
    "assessments.void_sign_off": COHORT_STAFF,
    "credentials.show_graduation": COHORT_READERS,
    "credentials.issue_cohort": ADMINISTRATOR,
    "credentials.show_issuing": ADMINISTRATOR,
    "credentials.retry_issuing": ADMINISTRATOR,
    "credentials.issuing_progress": ADMINISTRATOR,
    "credentials.issue": ADMINISTRATOR,
    "credentials.show_credential": ENROLLMENT_READERS,
    "credentials.download_certificate": ENROLLMENT_READERS,
    "credentials.revoke": ADMINISTRATOR,
    "credentials.propose_waiver": COHORT_STAFF,
    "credentials.decide_waiver": ADMINISTRATOR,
    "credentials.edit_issuer": ADMINISTRATOR,
    "audit.list_events": ADMINISTRATOR,
    "overview.home": SIGNED_IN,
    "overview.show_enrollment": ENROLLMENT_READERS,
}
