"""The proof of eligibility names who signed a skill, and the edition of the rubric that it was held against."""

import json

from advocates.credentials.eligibility import assess_many
from advocates.credentials.rules import proof_of
from tests.factories.skills import entry_of, see
from tests.skills.conftest import SKILLS


def test_a_signed_skill_is_shown_by_its_signer_and_rubric(cohort, trainer, enrollment):
    saved = see(trainer, cohort, SKILLS[0], entry_of(cohort, enrollment, SKILLS[0]))
    proof = json.loads(proof_of(assess_many([enrollment.id])[enrollment.id]))
    skills = {each["subject"]: each for each in proof["requirements"] if each["kind"] == "skill"}
    assert skills[SKILLS[0]]["evidence"] == [str(saved.standings[enrollment.id].signed.id)]
    assert skills[SKILLS[0]]["details"] == {"signed_by": str(trainer.id), "rubric": 1}
    assert skills[SKILLS[1]]["details"] == {}
