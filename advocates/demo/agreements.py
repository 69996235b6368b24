"""The confidentiality agreement changed while people train: everyone is asked again, and some have not signed yet."""

from datetime import date, timedelta

from advocates import clock
from advocates.access import Actor, Role
from advocates.assessments.agreement_queries import text_versions
from advocates.assessments.signing import sign_agreement
from advocates.assessments.wording import add_agreement_text, add_translation, shipped_text
from advocates.cohorts.models import Enrollment
from advocates.curriculum.rules import Agreement
from advocates.database import db, new_id
from advocates.demo import stage
from advocates.demo.stage import Company, Staff
from advocates.people.models import PersonProfile

KEY = Agreement.CONFIDENTIALITY
TRANSLATED = ("es", "ar")
ADDED = {
    "en": "- I do not type anything about a survivor into a program that answers or writes by itself.",
    "es": "- No escribo nada sobre una persona sobreviviente en un programa que responde o redacta por sí mismo.",
    "ar": "- لا أكتب أي شيء عن ناجٍ في برنامج يجيب أو يكتب من تلقاء نفسه.",
}
AGAIN = {2: "en", 4: "en", 3: "ar", 8: "en"}  # by place in the cast; the language each reads and signs in


def tell_agreements(staff: Staff, company: Company, today: date) -> None:
    """Version 2 has a line more. Of those who signed the first, a few have signed it since; one signs in Arabic."""
    with clock.at(stage.noon(today) + timedelta(minutes=5)):
        by = staff.administrator.person_id
        title, body = _with_line("en")
        binding = add_agreement_text(by, KEY, title, body, asks_again=True)
        for language in TRANSLATED:
            add_translation(by, binding, language, *_with_line(language))
    texts = text_versions()[KEY][0]
    for place, language in AGAIN.items():
        enrollment = db.session.get_one(Enrollment, company.enrollment_ids[place])
        name = company.trainees[place].name
        db.session.get_one(PersonProfile, enrollment.person_id).language = language
        actor = Actor(enrollment.person_id, name, new_id(), frozenset({Role.TRAINEE}))
        with clock.at(stage.noon(today) + timedelta(minutes=20)):
            sign_agreement(actor, texts.read_in(language), name)
    db.session.commit()


def _with_line(language: str) -> tuple[str, str]:
    """The standard text with the new line at the end of its second list."""
    title, body = shipped_text(KEY, language)
    parts = body.split("\n\n## ")
    parts[2] = f"{parts[2]}\n{ADDED[language]}"
    return title, "\n\n## ".join(parts)
