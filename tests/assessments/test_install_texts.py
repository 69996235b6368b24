"""The program's standard texts, put in force with one button."""

import uuid

from advocates.assessments.queries import agreement_texts
from advocates.assessments.wording import add_agreement_text
from advocates.curriculum.rules import Agreement
from advocates.database import db

ADDRESS = "/agreement-texts/install"


def test_the_standard_texts_are_put_in_force_once(as_administrator):
    data = {"request_key": str(uuid.uuid4())}
    for _ in range(2):
        assert as_administrator.post_form(ADDRESS, data).location == "/agreement-texts"
    as_administrator.post_form(ADDRESS)
    assert [(text.key, text.version) for text in agreement_texts()] == [("code_of_ethics", 1), ("confidentiality", 1)]


def test_a_text_of_one_s_own_is_left_alone(as_administrator, administrator):
    add_agreement_text(administrator.id, Agreement.CODE_OF_ETHICS, "Ours", "Be kind.")
    db.session.commit()
    as_administrator.post_form(ADDRESS)
    assert {text.key: text.title for text in agreement_texts()} == {
        "code_of_ethics": "Ours",
        "confidentiality": "Confidentiality agreement",
    }


def test_only_administrators_may_install_them(client, as_trainer):
    assert client.post_form(ADDRESS).location.startswith("/sign-in")
    assert as_trainer.post_form(ADDRESS).status_code == 403
    assert as_trainer.get(ADDRESS).status_code == 405
    assert agreement_texts() == []


def test_the_command_installs_them_for_an_operator(app):
    run = app.test_cli_runner().invoke
    assert run(args=["agreements", "install"]).output == "Code of ethics\nConfidentiality agreement\n"
    assert run(args=["agreements", "install"]).output == "Every agreement has a text already.\n"
