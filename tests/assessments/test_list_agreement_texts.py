"""The texts in force and the earlier ones."""

from advocates.assessments.wording import add_agreement_text
from advocates.curriculum.rules import Agreement
from advocates.database import db


def test_missing_texts_are_named_with_the_way_to_get_them(as_administrator):
    page = as_administrator.get("/agreement-texts").text
    assert "There is no text yet for: code of ethics, confidentiality." in page
    assert "Use the program's standard texts" in page


def test_every_version_is_shown_and_the_newest_is_in_force(as_administrator, administrator, texts):
    add_agreement_text(
        administrator.id, Agreement.CONFIDENTIALITY, "Confidentiality", "What you hear is <b>theirs</b>."
    )
    db.session.commit()
    page = as_administrator.get("/agreement-texts").text
    assert "Version 2" in page
    assert "Confidentiality agreement" in page
    assert page.count(">In force<") == 2
    assert "There is no text yet for" not in page
    assert "What you hear is &lt;b&gt;theirs&lt;/b&gt;." in page


def test_only_administrators_may_see_them(client, as_trainer, as_trainee):
    assert client.get("/agreement-texts").location.startswith("/sign-in")
    assert as_trainer.get("/agreement-texts").status_code == 403
    assert as_trainee.get("/agreement-texts").status_code == 403
