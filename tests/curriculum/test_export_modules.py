"""A version's modules as CSV that a spreadsheet opens and the import reads the same."""

import uuid

from advocates.curriculum.queries import version_with_modules
from advocates.curriculum.rules import read_modules
from tests.factories.curriculum import make_version
from tests.factories.people import make_person


def test_the_file_holds_every_module(as_administrator):
    version = make_version()
    response = as_administrator.get(f"/curriculum-versions/{version.id}/modules.csv")
    document = version_with_modules(version.id).document
    assert read_modules(response.data, document) == document
    assert response.data.startswith(b"\xef\xbb\xbfkey,title,contact_minutes,domain,")
    assert response.mimetype == "text/csv"
    assert response.headers["Content-Disposition"].startswith("attachment")


def test_a_trainee_and_a_stranger_get_nothing(client, as_administrator):
    address = f"/curriculum-versions/{uuid.uuid4()}/modules.csv"
    assert client.get(address).location.startswith("/sign-in")
    client.sign_in(make_person("Wen Harlow", roles=["trainee"]).id)
    assert client.get(address).status_code == 403
    assert as_administrator.get(address).status_code == 404
