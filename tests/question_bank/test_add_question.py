"""A question of every kind is written without a script; what is wrong is said and everything typed is kept."""

import hashlib
import io

import pytest

from advocates.question_bank.queries import current_questions
from advocates.question_bank.rules import Kind
from tests.factories.curriculum import make_version
from tests.factories.people import make_person
from tests.factories.question_bank import PNG, make_question

HEAD = {"module": "A1", "difficulty": "easy", "points": "1", "explanation": "Because.", "text": "What now?"}
PARTS = {
    "single": {"choices-0-text": "a", "choices-0-is_right": "y", "choices-1-text": "b", "choices-3-text": ""},
    "multiple": {"choices-0-text": "a", "choices-0-is_right": "y", "choices-1-text": "b", "choices-1-feedback": "No."},
    "true_false": {"is_true": "no"},
    "matching": {"pairs-0-left": "a", "pairs-0-right": "1", "pairs-2-left": "b", "pairs-2-right": "2",
                 "distractors-0": "3"},
    "ordering": {"items-0": "a", "items-1": "b"},
    "short_answer": {"accepted-0": "988"},
    "essay": {"rubric-0-criterion": "Listens", "rubric-0-points": "2", "rubric-1-criterion": "Plans",
              "rubric-1-points": "1"},
    "scenario": {
        "questions-0-kind": "true_false", "questions-0-text": "So?", "questions-0-is_true": "yes",
        "questions-0-points": "1",
        "questions-1-kind": "single", "questions-1-text": "Who?", "questions-1-points": "1",
        "questions-1-choices-0-text": "a", "questions-1-choices-0-is_right": "y", "questions-1-choices-1-text": "b",
    },
}  # fmt: skip


def address(version):
    return f"/curriculum-versions/{version.id}/questions/add"


def send(client, version, kind="single", **more):
    response = client.post_form(address(version), {**HEAD, **PARTS[kind], "kind": kind, **more})
    response.request.environ["wsgi.input"].close()  # a large body waits in a file of the test client
    return response


@pytest.mark.parametrize("kind", list(Kind))
def test_a_question_of_every_kind_is_written_and_opens_again_the_same(as_trainer, version, kind):
    assert as_trainer.get(f"{address(version)}?kind={kind}").status_code == 200
    response = send(as_trainer, version, kind)
    assert response.status_code == 303, response.text
    (stored,) = current_questions(version.id)
    assert (stored.question.kind, stored.row.key, stored.question.explanation) == (kind, "what-now", "Because.")
    assert as_trainer.get(f"/questions/{stored.row.id}/edit").status_code == 200


def test_the_kinds_are_offered_first(as_trainer, version):
    assert "Putting in order" in as_trainer.get(address(version)).text


@pytest.mark.parametrize(
    ("kind", "more", "said"),
    [
        ("single", {"choices-1-is_right": "y"}, "Exactly one choice is right; here 2 are."),
        ("single", {"choices-1-text": "A"}, "Two of these say the same."),
        ("single", {"text": ""}, "A text is missing here."),
        ("single", {"points": "many"}, "A whole number from 1 to 100."),
        ("single", {"module": "Z9"}, "Choose a module of this version."),
        ("single", {"key": "No Key!"}, "A key has small letters"),
        ("single", {"text": "x" * 4001}, "Use at most 4000 characters."),
        ("true_false", {"is_true": ""}, "true or false is needed here."),
        ("essay", {"rubric-0-points": "x"}, "A whole number from 1 to 100."),
        ("scenario", {"questions-1-choices-1-is_right": "y"}, "here 2 are."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(as_trainer, version, kind, more, said):
    response = send(as_trainer, version, kind, **more)
    assert response.status_code == 422
    assert said in response.text
    assert "Because." in response.text
    assert not current_questions(version.id)


def test_another_row_is_added_without_losing_anything(as_trainer, version):
    response = send(as_trainer, version, add="choices")
    assert response.status_code == 200
    assert 'name="choices-3-text"' in response.text or 'name="choices-4-text"' in response.text
    assert "What now?" in response.text
    page = send(as_trainer, version, "scenario", add="questions:matching").text
    assert 'name="questions-2-pairs-0-left"' in page
    page = send(as_trainer, version, "scenario", add="questions-1-choices").text
    assert 'name="questions-1-choices-2-text"' in page
    assert not current_questions(version.id)


def test_an_image_needs_words_and_is_stored_by_its_digest(as_trainer, version):
    image = {"image": (io.BytesIO(PNG), "map.png")}
    refused = send(as_trainer, version, **image)
    assert refused.status_code == 422
    assert "Say what the image shows" in refused.text
    assert "Choose the image again" in refused.text
    assert send(as_trainer, version, image=(io.BytesIO(PNG), "map.png"), image_alt="A map").status_code == 303
    assert current_questions(version.id)[0].question.image.file == hashlib.sha256(PNG).hexdigest()


@pytest.mark.parametrize(
    "content", [b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", b"GIF89a", PNG + bytes(2_000_000)]
)
def test_what_is_no_small_image_is_refused(as_trainer, version, content):
    response = send(as_trainer, version, image=(io.BytesIO(content), "map.png"), image_alt="A map")
    assert response.status_code == 422
    assert "Choose a PNG, JPEG or WebP image" in response.text


def test_a_name_that_is_taken_is_refused(as_trainer, version, administrator):
    make_question(version, administrator)
    response = send(as_trainer, version, key="who-decides")
    assert response.status_code == 422
    assert "has a question with this name" in response.text


def test_sent_twice_it_is_one_question(as_trainer, version):
    key = "6a0a3a0e-8f0b-4b7e-9d57-3f1a4f1c2b11"
    assert {send(as_trainer, version, request_key=key).status_code for _ in range(2)} == {303}
    assert len(current_questions(version.id)) == 1


def test_who_may_not(app, client, as_other_trainer, version):
    assert send(client, version).status_code == 303
    assert send(as_other_trainer, version).status_code == 404
    trainee = app.test_client().sign_in(make_person("Basil Thorne", roles=["trainee"]).id)
    assert send(trainee, version).status_code == 403
    assert not current_questions(version.id)


def test_a_draft_takes_none(as_administrator):
    draft = make_version(minutes=[60], is_published=False)
    assert send(as_administrator, draft).status_code == 404
    assert as_administrator.delete(address(draft)).status_code == 405
