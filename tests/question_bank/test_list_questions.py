"""The list of a version's questions: by module, filtered, in as many statements however many there are."""

import pytest

from advocates.cohorts.rules import EnrollmentStatus
from advocates.database import db
from advocates.people.models import Person
from advocates.question_bank.editing import retire_question
from tests.budgets import statements
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.curriculum import make_version
from tests.factories.people import grant_role, make_person
from tests.factories.question_bank import make_bank, make_question, single


def address(version, query=""):
    return f"/curriculum-versions/{version.id}/questions{query}"


def test_questions_stand_under_their_module(as_trainer, version, administrator):
    make_bank(version, administrator)
    page = as_trainer.get(address(version)).text
    assert "State what an advocate" not in page
    assert "question-list" in page
    assert "Write a question" in page


@pytest.mark.parametrize(
    ("query", "is_shown"),
    [("?kind=single", True), ("?kind=essay", False), ("?difficulty=hard", False), ("?retired=yes", False)],
)
def test_filters(as_trainer, version, administrator, query, is_shown):
    make_question(version, administrator)
    assert ("Who decides?" in as_trainer.get(address(version, query)).text) is is_shown


def test_a_retired_question_is_shown_where_it_is_asked_for(as_trainer, version, administrator):
    retire_question(administrator.id, make_question(version, administrator).row.id)
    db.session.commit()
    assert "Who decides?" not in as_trainer.get(address(version)).text
    assert "Who decides?" in as_trainer.get(address(version, "?retired=yes")).text


def test_an_empty_bank_offers_the_shipped_one_where_its_modules_are(as_administrator):
    assert "Use the shipped bank" in as_administrator.get(address(make_version())).text
    assert "Use the shipped bank" not in as_administrator.get(address(make_version(minutes=[60]))).text


def test_a_trainer_of_another_version_reads_and_is_offered_nothing_to_write(as_other_trainer, version, administrator):
    make_question(version, administrator)
    page = as_other_trainer.get(address(version)).text
    assert "Who decides?" in page
    assert "Write a question" not in page


def test_who_is_in_training_on_the_version_never_sees_its_bank(app, version, administrator):
    make_question(version, administrator)
    enrollment = make_enrollment(make_cohort(version), "Wen Harlow")
    assert enrollment.status is EnrollmentStatus.ENROLLED
    grant_role(db.session.get_one(Person, enrollment.person_id), "administrator")
    db.session.commit()
    client = app.test_client().sign_in(enrollment.person_id)
    assert client.get(address(version)).status_code == 404


def test_a_draft_has_no_bank_yet(as_administrator):
    assert as_administrator.get(address(make_version(is_published=False))).status_code == 404


def test_strangers_trainees_and_other_methods(app, client, version):
    assert client.get(address(version)).status_code == 303
    trainee = make_person("Basil Thorne", roles=["trainee"])
    assert app.test_client().sign_in(trainee.id).get(address(version)).status_code == 403


def test_the_number_of_statements_does_not_grow(as_trainer, version, administrator):
    counts = []
    for many in (1, 3, 30):
        make_bank(version, administrator, questions=[single(f"q{n}") for n in range(many)])
        with statements() as sent:
            as_trainer.get(address(version))
        counts.append(len(sent))
    assert len(set(counts)) == 1, counts
    assert counts[0] <= 12


def test_text_that_looks_like_html_is_shown_as_text(as_trainer, version, administrator):
    make_question(version, administrator, single(text="<script>alert(1)</script>?"))
    assert "<script>alert(1)" not in as_trainer.get(address(version)).text
