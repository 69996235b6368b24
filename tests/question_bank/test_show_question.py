"""One question as a taker reads it, with its versions and what each changed."""

import hashlib
import uuid

from advocates.question_bank.rules import Image
from tests.budgets import statements
from tests.factories.curriculum import make_version
from tests.factories.question_bank import PNG, make_bank, make_question, single


def test_it_shows_what_is_right_and_why(as_trainer, version, administrator):
    stored = make_question(version, administrator, single(text="Who **really** decides?", explanation="*Always* so."))
    page = as_trainer.get(f"/questions/{stored.row.id}").text
    for said in ("Who <strong>really</strong> decides?", "<em>Always</em> so.", "The survivor", ">Right<"):
        assert said in page


def test_every_kind_of_the_shipped_bank_is_shown(as_administrator, administrator):
    seen = set()
    for stored in make_bank(make_version(), administrator):
        if stored.current.kind not in seen:
            seen.add(stored.current.kind)
            assert as_administrator.get(f"/questions/{stored.row.id}").status_code == 200
    assert len(seen) == 8


def test_what_a_version_changed_is_told(as_trainer, version, administrator):
    stored = make_question(version, administrator)
    make_bank(version, administrator, questions=[single(text="Who chooses?")])
    page = as_trainer.get(f"/questions/{stored.row.id}").text
    assert '<del dir="auto">Question: Who decides?</del>' in page
    assert '<ins dir="auto">Question: Who chooses?</ins>' in page


def test_an_image_is_served_as_what_it_is_and_said_in_words(as_trainer, version, administrator):
    image = Image(hashlib.sha256(PNG).hexdigest(), "A map of the hospital")
    (stored,) = make_bank(version, administrator, questions=[single(image=image)], images={image.file: PNG})
    assert 'alt="A map of the hospital"' in as_trainer.get(f"/questions/{stored.row.id}").text
    response = as_trainer.get(f"/curriculum-versions/{version.id}/question-images/{image.file}")
    assert (response.data, response.mimetype) == (PNG, "image/png")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert as_trainer.get(f"/curriculum-versions/{version.id}/question-images/{'0' * 64}").status_code == 404


def test_unknown_and_other_methods(as_trainer, version, administrator):
    stored = make_question(version, administrator)
    assert as_trainer.get(f"/questions/{uuid.uuid4()}").status_code == 404
    assert as_trainer.post_form(f"/questions/{stored.row.id}").status_code == 405


def test_the_number_of_statements_does_not_grow_with_versions(as_trainer, version, administrator):
    stored = make_question(version, administrator)
    counts = []
    for n in range(3):
        with statements() as sent:
            as_trainer.get(f"/questions/{stored.row.id}")
        counts.append(len(sent))
        make_bank(version, administrator, questions=[single(text=f"Version {n}?")])
    assert len(set(counts)) == 1, counts
