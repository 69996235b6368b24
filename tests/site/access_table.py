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
# Administrators see every session, others those they take part in or may read.
ENTRY_READERS = _row(ALL, OWN, OWN, OWN)
TRAINEE = _row(NO, NO, ALL, NO)
# Both cohorts of the world have one version; whose version it is not is told by the tests of the pages.
ENROLLED_AND_STAFF = _row(ALL, ALL, ALL, NO)

PUBLIC_ENDPOINTS = {
    "admissions.list_openings",
    "admissions.apply",
    "admissions.application_received",
    "admissions.answer_offer",
    "people.sign_in",
    "people.accept_invitation",
    "people.request_reset",
    "credentials.verify",
    "credentials.show_verification",
    "calendars.show_feed",
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
    "messages.list_messages": ADMINISTRATOR,
    "messages.resend_message": ADMINISTRATOR,
    "curriculum.list_curricula": READERS,
    "curriculum.import_curriculum": ADMINISTRATOR,
    "curriculum.show_version": READERS,
    "curriculum.publish_version": ADMINISTRATOR,
    "curriculum.discard_draft": ADMINISTRATOR,
    "curriculum.export_version": READERS,
    "curriculum.copy_version": ADMINISTRATOR,
    "curriculum.export_modules": READERS,
    "curriculum.import_modules": ADMINISTRATOR,
    "curriculum.list_competencies": READERS,
    "curriculum.import_competencies": ADMINISTRATOR,
    "drafting.start_draft": ADMINISTRATOR,
    "drafting.edit_draft": ADMINISTRATOR,
    "drafting.order_modules": ADMINISTRATOR,
    "drafting.add_module": ADMINISTRATOR,
    "drafting.edit_module": ADMINISTRATOR,
    "drafting.remove_module": ADMINISTRATOR,
    "drafting.edit_rules": ADMINISTRATOR,
    "materials.show_materials": ENROLLED_AND_STAFF,
    "materials.download_material": ENROLLED_AND_STAFF,
    "materials.add_material": ADMINISTRATOR,
    "materials.retire_material": ADMINISTRATOR,
    "overview.compare_versions": READERS,
    "cohorts.list_cohorts": READERS,
    "cohorts.create_cohort": ADMINISTRATOR,
    "cohorts.show_cohort": COHORT_READERS,
    "cohorts.edit_cohort": ADMINISTRATOR,
    "cohorts.enroll_person": ADMINISTRATOR,
    "cohorts.enroll_list": ADMINISTRATOR,
    "cohorts.assign_trainers": ADMINISTRATOR,
    "overview.close_cohort": ADMINISTRATOR,
    "overview.reopen_cohort": ADMINISTRATOR,
    "staffing.assign_staff": ADMINISTRATOR,
    "staffing.add_guest": ADMINISTRATOR,
    "staffing.list_qualifications": ADMINISTRATOR,
    "staffing.remove_qualification": ADMINISTRATOR,
    "calendars.show_calendar": SIGNED_IN,
    "cohorts.withdraw_enrollment": ADMINISTRATOR,
    "cohorts.accept_application": ADMINISTRATOR,
    "admissions.list_applications": ADMINISTRATOR,
    "admissions.decide_applications": ADMINISTRATOR,
    "admissions.move_in_line": ADMINISTRATOR,
    "admissions.renew_offer": ADMINISTRATOR,
    "admissions.edit_window": ADMINISTRATOR,
    "admissions.edit_quotas": ADMINISTRATOR,
    "admissions.edit_consent": ADMINISTRATOR,
    "linking.find_known_person": ADMINISTRATOR,
    "linking.link_person": ADMINISTRATOR,
    "legacy.list_legacy_cohorts": ADMINISTRATOR,
    "legacy.add_legacy_cohort": ADMINISTRATOR,
    "legacy.show_legacy_cohort": ADMINISTRATOR,
    "legacy.record_past_people": ADMINISTRATOR,
    "schedule.show_schedule": COHORT_READERS,
    "calendars.show_entry": ENTRY_READERS,
    "calendars.list_links": SIGNED_IN,
    "calendars.revoke_link": OWN_ONLY,
    "schedule.lay_out": ADMINISTRATOR,
    "schedule.add_session": ADMINISTRATOR,
    "schedule.edit_agenda": ADMINISTRATOR,
    "schedule.move_session": ADMINISTRATOR,
    "schedule.cancel_session": ADMINISTRATOR,
    "schedule.split_session": ADMINISTRATOR,
    "schedule.show_planning": ADMINISTRATOR,
    "schedule.remove_closed_days": ADMINISTRATOR,
    "schedule.remove_pattern": ADMINISTRATOR,
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
    "equivalence.list_maps": ADMINISTRATOR,
    "equivalence.propose_map": ADMINISTRATOR,
    "equivalence.show_map": ADMINISTRATOR,
    "equivalence.edit_map": ADMINISTRATOR,
    "equivalence.approve_map": ADMINISTRATOR,
    "equivalence.discard_map": ADMINISTRATOR,
    "transfers.move_person": ADMINISTRATOR,
    "transfers.move_people": ADMINISTRATOR,
    "audit.list_events": ADMINISTRATOR,
    "overview.home": SIGNED_IN,
    "overview.show_enrollment": ENROLLMENT_READERS,
}
