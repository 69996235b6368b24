"""The images of a bank: as they are, to whoever may see the bank, and to nobody else."""

import hashlib

from advocates.question_bank.rules import Image
from tests.factories.people import make_person
from tests.factories.question_bank import PNG, make_bank, single

SHA256 = hashlib.sha256(PNG).hexdigest()


def address(version, sha256=SHA256):
    return f"/curriculum-versions/{version.id}/question-images/{sha256}"


def test_it_is_served_as_what_it_is_and_can_run_nothing(as_trainer, version, administrator):
    make_bank(version, administrator, questions=[single(image=Image(SHA256, "A map"))], images={SHA256: PNG})
    response = as_trainer.get(address(version))
    assert (response.data, response.mimetype) == (PNG, "image/png")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_unknown_images_strangers_trainees_and_other_methods(app, client, as_trainer, version, administrator):
    make_bank(version, administrator, questions=[single(image=Image(SHA256, "A map"))], images={SHA256: PNG})
    assert as_trainer.get(address(version, "0" * 64)).status_code == 404
    assert as_trainer.post_form(address(version)).status_code == 405
    assert client.get(address(version)).status_code == 303
    trainee = app.test_client().sign_in(make_person("Basil Thorne", roles=["trainee"]).id)
    assert trainee.get(address(version)).status_code == 403
