"""How the actions and objects of the trail read. One without an entry reads as its own words."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

ACTIONS: dict[str, Any] = {
    "sign_in": _l("Signed in"),
    "sign_out": _l("Signed out"),
    "end_sign_in": _l("Signed another browser out"),
    "choose_password": _l("Chose a password by a link"),
    "request_reset": _l("A link for a new password was asked for"),
    "create_first_administrator_link": _l("A link for the first administrator was made"),
    "create_first_administrator": _l("Became the first administrator"),
    "add_person": _l("Added a person"),
    "edit_person": _l("Changed what is known of a person"),
    "invite_person": _l("Made a link for a person"),
    "invite_people": _l("Invited people"),
    "grant_role": _l("Gave a role"),
    "end_role": _l("Took a role back"),
    "confirm_certificate_name": _l("Confirmed the name on the certificate"),
    "record_name_confirmation": _l("Recorded a certificate name confirmed on paper"),
    "add_agency": _l("Added an agency"),
    "import_curriculum": _l("Imported a curriculum"),
    "publish_version": _l("Published a curriculum version"),
    "discard_draft": _l("Discarded a curriculum draft"),
    "create_cohort": _l("Created a cohort"),
    "edit_cohort": _l("Changed a cohort"),
    "enroll_people": _l("Enrolled people"),
    "accept_application": _l("Accepted an application"),
    "withdraw_enrollment": _l("Withdrew an enrollment"),
    "assign_trainers": _l("Assigned trainers"),
    "lay_out_sessions": _l("Laid out sessions"),
    "add_session": _l("Added a session"),
    "edit_agenda": _l("Changed an agenda"),
    "move_session": _l("Moved a session"),
    "cancel_session": _l("Canceled a session"),
    "mark_attendance": _l("Marked attendance"),
    "sign_off_session": _l("Signed a session off"),
    "correct_mark": _l("Corrected attendance after sign-off"),
    "seat_visitor": _l("Gave a visitor a seat"),
    "note_walk_in": _l("Noted a walk-in"),
    "propose_make_up": _l("Proposed a make-up"),
    "approve_make_up": _l("Approved a make-up"),
    "refuse_make_up": _l("Refused a make-up"),
    "reverse_make_up": _l("Took a make-up back"),
    "record_scores": _l("Recorded scores"),
    "void_attempt": _l("Took a score back"),
    "sign_skills": _l("Signed skills"),
    "void_sign_off": _l("Took a skill sign-off back"),
    "sign_agreement": _l("Signed an agreement"),
    "record_paper_agreements": _l("Recorded agreements signed on paper"),
    "add_agreement_text": _l("Added an agreement text"),
    "install_agreement_texts": _l("Installed the first agreement texts"),
    "name_issuer": _l("Named the issuer"),
    "propose_waiver": _l("Proposed a waiver"),
    "approve_waiver": _l("Approved a waiver"),
    "refuse_waiver": _l("Refused a waiver"),
    "request_credentials": _l("Asked for certificates"),
    "retry_credentials": _l("Asked again for certificates that could not be made"),
    "reserve_credential": _l("Reserved a serial number"),
    "issue_credential": _l("Issued a certificate"),
    "drop_credential": _l("Dropped a certificate before it was issued"),
    "revoke_credential": _l("Revoked a certificate"),
}
OBJECTS: dict[str, Any] = {
    "person": _l("person"),
    "cohort": _l("cohort"),
    "session": _l("session of"),
    "enrollment": _l("enrollment of"),
    "agency": _l("agency"),
    "version": _l("curriculum version"),
    "witnessed_by": _l("witness"),
    "reason": _l("reason"),
    "role": _l("role"),
    "serial": _l("serial"),
    "marks": _l("marks"),
    "minutes": _l("minutes"),
    "persons": _l("people"),
    "enrollments": _l("enrollments"),
}


def action_words(action: str) -> str:
    return str(ACTIONS.get(action) or action.replace("_", " ").capitalize())


def object_words(key: str) -> str:
    """`person_id` and `person` read the same; `person_ids` in the plural."""
    name = key[:-3] if key.endswith("_id") else key[:-4] + "s" if key.endswith("_ids") else key
    return str(OBJECTS.get(name) or name.replace("_", " "))


def actor_words(name: str | None) -> str:
    """Who did it; nobody signed in is the site itself or an operator at the command line."""
    return name or gettext("nobody signed in")
