"""The formats, each with what it leaves out."""

from tests.factories.question_bank import make_bank


def address(version):
    return f"/curriculum-versions/{version.id}/questions/files"


def test_each_format_says_what_it_leaves_out(as_trainer, version, administrator):
    make_bank(version, administrator)
    page = as_trainer.get(address(version)).text
    for name in ("GIFT", "Moodle XML", "CSV table", "This program’s own file"):
        assert f"Save as {name}" in page
    assert "These files hold the right answers" in page


def test_who_may_not(client, as_trainer, version):
    assert client.get(address(version)).status_code == 303
    assert as_trainer.post_form(address(version)).status_code == 405
