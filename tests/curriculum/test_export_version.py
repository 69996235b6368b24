"""The exported file is the imported one, byte for byte."""

import uuid
from importlib import resources

import pytest

from advocates.curriculum.importing import import_curriculum
from advocates.curriculum.shipped import NAMES, shipped_documents
from advocates.database import db
from tests.factories.people import make_person


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_curriculum_comes_back_byte_for_byte(as_administrator, name):
    imported = import_curriculum(None, shipped_documents()[name])
    db.session.commit()
    response = as_administrator.get(f"/curriculum-versions/{imported.version_id}/export")
    assert response.data == resources.files("advocates.curriculum.data").joinpath(name).read_bytes()
    assert response.mimetype == "application/json"
    assert response.headers["Content-Disposition"].startswith("attachment")


def test_a_trainee_and_a_stranger_get_nothing(client, as_administrator):
    address = f"/curriculum-versions/{uuid.uuid4()}/export"
    assert client.get(address).location.startswith("/sign-in")
    client.sign_in(make_person("Wen Harlow", roles=["trainee"]).id)
    assert client.get(address).status_code == 403
    assert as_administrator.get(address).status_code == 404
