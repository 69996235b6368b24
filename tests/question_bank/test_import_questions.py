"""A file of questions: shown with what it would do, saved as shown, and nothing for what cannot be read."""

import base64
import hashlib
import html
import io
import re

import pytest

from advocates.question_bank.queries import current_questions, find_question
from advocates.question_bank.rules import Image, formats
from advocates.question_bank.rules.formats import Format
from advocates.question_bank.shipped_bank import shipped_questions
from tests.factories.curriculum import make_version
from tests.factories.people import make_person
from tests.factories.question_bank import PNG, make_bank, make_question, single

GIFT = b"$CATEGORY: A1\n\n::who-decides:: Who decides? {=The survivor ~The advocate}\n\n::two:: Two? {=1 ~2}\n"
BILLION_LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE q [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>
<quiz><question type="essay"><name><text>&b;</text></name></question></quiz>"""


def address(version):
    return f"/curriculum-versions/{version.id}/questions/import"


def send(client, version, content=GIFT, **more):
    response = client.post_form(address(version), {"file": (io.BytesIO(content), "file"), "module": "A1", **more})
    response.request.environ["wsgi.input"].close()  # a large body waits in a file of the test client
    return response


def hidden(page, name):
    return html.unescape(re.search(rf'name="{name}" value="([^"]*)"', page)[1])


def confirm(client, version, page, **more):
    fields = {name: hidden(page, name) for name in ("held", "seen")}
    return client.post_form(address(version), {**fields, "module": "A1", "confirm": "yes", **more})


def test_nothing_is_saved_until_it_is_confirmed(as_trainer, version):
    assert "at most 5 MB" in as_trainer.get(address(version)).text
    page = send(as_trainer, version).text
    assert "Nothing is saved yet" in page
    assert not current_questions(version.id)
    assert confirm(as_trainer, version, page).status_code == 303
    assert [stored.row.key for stored in current_questions(version.id)] == ["two", "who-decides"]


def test_what_is_known_gets_a_new_version_and_the_same_nothing(as_trainer, version, administrator):
    stored = make_question(version, administrator)
    page = send(as_trainer, version).text
    assert "Questions that get a new version" in page
    confirm(as_trainer, version, page)
    assert find_question(stored.row.id).current.number == 2
    page = send(as_trainer, version).text
    assert "There is nothing to save." in page
    assert confirm(as_trainer, version, page).status_code == 303
    assert find_question(stored.row.id).current.number == 2


def test_who_confirms_after_somebody_wrote_looks_again(as_trainer, version, administrator):
    page = send(as_trainer, version).text
    make_question(version, administrator)
    again = confirm(as_trainer, version, page)
    assert again.status_code == 409
    assert "Somebody changed the bank meanwhile" in again.text
    assert len(current_questions(version.id)) == 1
    assert confirm(as_trainer, version, again.text).status_code == 303


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Choose a file of questions."),
        (b"x" * 5_000_001, "This file is larger than 5 MB. Split it."),
        (b"\xff\x00\x00", "no text file in UTF-8"),
        (b"PK\x03\x04", "a workbook or a packed file"),
        (b'{"questions": 3}', "holds no list of questions"),
        (b"<quiz><question></quiz>", "XML"),
        (BILLION_LAUGHS, "XML"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(as_trainer, version, content, said):
    response = send(as_trainer, version, content)
    assert response.status_code == 422
    assert said in response.text
    assert not current_questions(version.id)


def test_a_script_in_a_question_becomes_plain_text_and_is_told_of(as_trainer, version):
    xml = b"""<quiz><question type="truefalse"><name><text>so</text></name><questiontext format="html">
    <text><![CDATA[<p>Is it <b>so</b>?</p><script>alert(1)</script><img src=x onerror=alert(1)>]]></text></questiontext>
    <answer fraction="100"><text>true</text></answer>
    <answer fraction="0"><text>false</text></answer></question></quiz>"""
    page = send(as_trainer, version, xml).text
    assert "HTML was reduced to plain text" in page
    confirm(as_trainer, version, page)
    (stored,) = current_questions(version.id)
    assert stored.question.text == "Is it **so**?"


def test_what_could_not_be_taken_is_listed_with_where_and_why(as_trainer, version):
    page = send(as_trainer, version, b"::odd:: Odd {=5:1}\n\n::fine:: Fine? {T}\n\n::num:: How many? {#3}\n").text
    assert "Not taken, or not as it stands" in page
    assert "num" in page


def test_a_garbled_page_asks_for_the_file_again(as_trainer, version):
    for held in ("", "%%%", base64.b64encode(b"no zlib").decode()):
        response = as_trainer.post_form(address(version), {"module": "", "held": held, "seen": "", "confirm": "yes"})
        assert response.status_code == 422
        assert "Choose a file" in response.text


@pytest.mark.parametrize("file_format", list(Format))
def test_the_shipped_bank_goes_through_the_database_and_every_file_and_comes_back(app, administrator, file_format):
    first, second = make_version(), make_version()
    client = app.test_client().sign_in(administrator.id)
    client.post_form(f"/curriculum-versions/{first.id}/questions/shipped")
    response = client.get(f"/curriculum-versions/{first.id}/questions/files/{file_format.value}")
    assert formats.format_of(response.data) is file_format
    page = send(client, second, response.data).text
    assert confirm(client, second, page).status_code == 303
    before = {stored.row.key: stored.question for stored in current_questions(first.id)}
    after = {stored.row.key: stored.question for stored in current_questions(second.id)}
    listed = client.get(f"/curriculum-versions/{first.id}/questions/files").text
    missing = before.keys() - after.keys()
    assert all(key in listed for key in missing)
    assert after == {key: question for key, question in before.items() if key not in missing}
    assert not missing or file_format is Format.GIFT
    assert len(before) == len(shipped_questions())


@pytest.mark.parametrize("file_format", [Format.MOODLE_XML, Format.JSON])
def test_images_travel_with_the_file(app, administrator, file_format):
    first, second = make_version(minutes=[60]), make_version(minutes=[60])
    digest = hashlib.sha256(PNG).hexdigest()
    make_bank(first, administrator, questions=[single(image=Image(digest, "A map"))], images={digest: PNG})
    client = app.test_client().sign_in(administrator.id)
    content = client.get(f"/curriculum-versions/{first.id}/questions/files/{file_format.value}").data
    confirm(client, second, send(client, second, content).text)
    assert current_questions(second.id)[0].question.image == Image(digest, "A map")
    assert client.get(f"/curriculum-versions/{second.id}/question-images/{digest}").data == PNG


def test_who_may_not(app, client, as_other_trainer, version):
    assert client.get(address(version)).status_code == 303
    assert send(as_other_trainer, version).status_code == 404
    trainee = app.test_client().sign_in(make_person("Basil Thorne", roles=["trainee"]).id)
    assert send(trainee, version).status_code == 403
    assert as_other_trainer.put(address(version)).status_code == 405
