"""What is taught in the demo: both shipped curricula, a competency framework, and a draft of what comes next."""

import uuid
from dataclasses import replace
from datetime import date

from advocates import clock
from advocates.curriculum.competencies import import_competencies
from advocates.curriculum.delivery import DeliveryMode
from advocates.curriculum.importing import import_curriculum
from advocates.curriculum.publishing import publish_version
from advocates.curriculum.rules import CompetencyEntry, CurriculumDocument, MakeUpLimits, ModuleDocument
from advocates.curriculum.shipped import shipped_documents
from advocates.database import db
from advocates.demo import stage
from advocates.demo.handouts import hand_out
from advocates.question_bank.importing import take_questions
from advocates.question_bank.shipped_bank import shipped_questions

CURRICULUM, STATEWIDE = "chicago-40h.json", "statewide-40h.json"
FRAMEWORK = (
    CompetencyEntry("R1", "Keeps to the advocate's role and its limits", "role"),
    CompetencyEntry("R2", "Keeps confidences, and knows who must report what", "role"),
    CompetencyEntry("C1", "Opens a first contact safely", "contact"),
    CompetencyEntry("C2", "Listens without steering", "contact"),
    CompetencyEntry("C3", "Offers options, not advice", "contact"),
    CompetencyEntry("S1", "Makes a safety plan with the survivor", "safety"),
    CompetencyEntry("S2", "Knows when to call for help", "safety"),
    CompetencyEntry("L1", "Explains rights and benefits under Illinois law", "law"),
    CompetencyEntry("L2", "Accompanies to court and keeps the record straight", "law"),
    CompetencyEntry("W1", "Notices strain in themself and acts on it", "well-being"),
)
NAMED = {
    "A1": ("R1",),
    "A2": ("R1", "R2"),
    "A4": ("C2", "C3"),
    "A5": ("C1", "S2"),
    "A6": ("L1",),
    "A14": ("S1",),
}
LIMITS = MakeUpLimits(most_minutes=600, within_days=45)


def publish_shipped(actor_id: uuid.UUID) -> uuid.UUID:
    """Publish both shipped curricula and return the version that the cohorts use."""
    for name in (STATEWIDE, CURRICULUM):
        version_id = import_curriculum(actor_id, shipped_documents()[name]).version_id
        publish_version(actor_id, version_id)
    hand_out(actor_id, version_id)
    take_questions(actor_id, version_id, shipped_questions())
    return version_id


def draft_next(actor_id: uuid.UUID, today: date) -> None:
    """A framework with gaps, and a draft of the next version that names it: some modules shorter, one new."""
    with clock.at(stage.noon(today)):
        import_competencies(actor_id, FRAMEWORK)
        import_curriculum(actor_id, next_document(shipped_documents()[CURRICULUM]))
        db.session.commit()


def next_document(document: CurriculumDocument) -> CurriculumDocument:
    """The same 40 hours: two modules give half an hour each to a new one on well-being."""
    modules = [replace(module, competencies=NAMED.get(module.key, ())) for module in document.modules]
    modules[2] = replace(modules[2], contact_minutes=modules[2].contact_minutes - 30, prerequisites=("A1",))
    modules[3] = replace(
        modules[3],
        contact_minutes=modules[3].contact_minutes - 30,
        prerequisites=("A1", "A2"),
        delivery_modes=(DeliveryMode.IN_PERSON,),
    )
    new = ModuleDocument(
        key="B1",
        title="Keeping well: a plan for oneself",
        contact_minutes=60,
        domain="wellbeing",
        objectives=("Write a plan for one's own well-being", "Name two people to turn to"),
        content_note=None,
        observed_skills=False,
        required=True,
        equivalent_activity=None,
        competencies=("W1",),
    )
    rules = replace(document.rules, completion_window_days=180, make_up_limits=LIMITS)
    return replace(document, modules=(*modules[:-1], new, modules[-1]), rules=rules)
