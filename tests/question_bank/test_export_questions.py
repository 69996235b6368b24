"""The questions in use as a file, in every format."""

import pytest

from advocates.database import db
from advocates.question_bank.editing import retire_question
from advocates.question_bank.rules.formats import Format
from tests.factories.question_bank import make_bank, single


def address(version, file_format):
    return f"/curriculum-versions/{version.id}/questions/files/{file_format}"


@pytest.mark.parametrize("file_format", [each.value for each in Format])
def test_only_questions_in_use_are_in_the_file(as_trainer, version, administrator, file_format):
    kept, retired = make_bank(version, administrator, questions=[single("kept"), single("old", text="Out of use?")])
    retire_question(administrator.id, retired.row.id)
    db.session.commit()
    response = as_trainer.get(address(version, file_format))
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert kept.question.text in response.text
    assert "Out of use?" not in response.text


def test_an_unknown_format_and_who_may_not(client, as_trainer, version):
    assert as_trainer.get(address(version, "pdf")).status_code == 404
    assert as_trainer.post_form(address(version, "gift")).status_code == 405
    assert client.get(address(version, "gift")).status_code == 303
