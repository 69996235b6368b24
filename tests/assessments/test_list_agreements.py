"""What a trainee has to sign and what they signed."""

import pytest

from advocates.curriculum.models import CurriculumVersion
from advocates.curriculum.rules import rules_from_json
from advocates.database import db
from tests.budgets import statements
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.people import make_person


def test_each_agreement_of_the_version_waits_to_be_signed(as_trainee, texts):
    page = as_trainee.get("/agreements").text
    assert page.count("Not signed yet") == 2
    for text in texts.values():
        assert text.title in page
        assert f"/agreements/{text.id}" in page


def test_a_signed_one_says_when_and_leads_to_what_was_signed(as_trainee, texts):
    text = texts["confidentiality"]
    as_trainee.post_form(f"/agreements/{text.id}", {"typed_name": "Wen Harlow", "is_agreed": "y"})
    page = as_trainee.get("/agreements").text
    assert page.count("Not signed yet") == 1
    assert "version 1" in page
    assert "Read what you signed" in page


def test_an_agreement_without_a_text_says_so(as_trainee):
    assert "The program has not provided this text yet." in as_trainee.get("/agreements").text


def test_nothing_waits_for_somebody_who_is_not_enrolled(sign_in, cohort, texts):
    applicant = make_enrollment(cohort, "Pavel Orme", status="applied")
    assert "Nothing waits for your signature." in sign_in(applicant.person_id).get("/agreements").text


def test_strangers_and_trainers_are_refused(client, as_trainer):
    assert client.get("/agreements").location.startswith("/sign-in")
    assert as_trainer.get("/agreements").status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_several_enrollments(sign_in, texts, count):
    person = make_person("Wen Harlow", roles=["trainee"])
    for _ in range(count):
        make_enrollment(make_cohort(), person=person)
    client = sign_in(person.id)
    with statements() as sent:
        client.get("/agreements")
    assert len(sent) == 6  # who; enrollments; rules; transfers; signatures; texts


def test_the_shipped_curriculum_asks_for_exactly_the_shipped_texts(cohort, texts):
    version = db.session.get_one(CurriculumVersion, cohort.curriculum_version_id)
    assert set(rules_from_json(version.rules).agreements) == set(texts)
