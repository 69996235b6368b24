"""Where everybody stands, as the page's script reads it."""

from tests.factories.skills import entry_of, see
from tests.skills.conftest import SKILLS


def address(cohort):
    return f"/cohorts/{cohort.id}/skills/{cohort.curriculum_version_id}/1/observations"


def test_tells_where_everybody_stands(cohort, trainer, enrollment, as_trainer):
    assert as_trainer.get(address(cohort)).json["marks"][str(enrollment.id)]["version"] == 0
    see(trainer, cohort, SKILLS[0], entry_of(cohort, enrollment, SKILLS[0]))
    answer = as_trainer.get(address(cohort)).json
    told = answer["marks"][str(enrollment.id)]
    assert (answer["by"], told["version"], told["state"], told["is_signed"]) == (str(trainer.id), 1, "signed", True)
    assert told["recorded_by"] == "Rosa Ebel"
    assert told["note"].startswith("Rosa Ebel, ")


def test_strangers_trainees_and_other_trainers_are_refused(cohort, client, as_trainee, as_other_trainer):
    assert client.get(address(cohort)).location.startswith("/sign-in")
    assert as_trainee.get(address(cohort)).status_code == 403
    assert as_other_trainer.get(address(cohort)).status_code == 404
