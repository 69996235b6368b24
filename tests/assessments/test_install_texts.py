"""The program's standard texts, put in force with one button."""

import uuid

from advocates.assessments.agreement_queries import agreement_texts, text_versions
from advocates.assessments.rules import blocks
from advocates.assessments.wording import add_agreement_text, shipped_text
from advocates.curriculum.rules import Agreement
from advocates.database import db

ADDRESS = "/agreement-texts/install"
TITLES = """Code of ethics
Código de ética
Kodeks etyczny
道德守则
مدونة الأخلاقيات
Confidentiality agreement
Acuerdo de confidencialidad
Umowa o zachowaniu poufności
保密协议
اتفاقية السرية
"""


def test_the_standard_texts_are_put_in_force_once(as_administrator):
    data = {"request_key": str(uuid.uuid4())}
    for _ in range(2):
        assert as_administrator.post_form(ADDRESS, data).location == "/agreement-texts"
    as_administrator.post_form(ADDRESS)
    assert [(text.key, text.version) for text in agreement_texts()] == [("code_of_ethics", 1), ("confidentiality", 1)]
    for (version,) in text_versions().values():
        assert set(version.by_language) == {"en", "es", "pl", "zh", "ar"}
        assert not any(text.reviewed_at or text.asks_again for text in version.by_language.values())
        shapes = {tuple(block.kind for block in blocks(text.body)) for text in version.by_language.values()}
        assert len(shapes) == 1


def test_translations_join_a_standard_text_that_was_there_before(as_administrator, administrator):
    title, body = shipped_text(Agreement.CODE_OF_ETHICS)
    add_agreement_text(administrator.id, Agreement.CODE_OF_ETHICS, title, body)
    db.session.commit()
    as_administrator.post_form(ADDRESS)
    assert len(text_versions()["code_of_ethics"][0].by_language) == 5


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
    assert run(args=["agreements", "install"]).output == TITLES
    assert run(args=["agreements", "install"]).output == "Every agreement has a text already.\n"
