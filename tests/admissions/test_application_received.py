"""What an applicant is told: the same for everybody, and only where applications are taken."""

from tests.factories.admissions import make_window


def test_the_page_tells_nothing_of_who_is_known(client, cohort):
    assert client.get(f"/apply/{cohort.id}/received").status_code == 404
    make_window(cohort)
    page = client.get(f"/apply/{cohort.id}/received")
    assert page.status_code == 200
    assert "has arrived" in page.text
    assert "If the program knows that address already" in page.text
    assert "answers to the e-mail address" not in page.text


def test_an_answer_by_mail_is_promised_only_where_a_mail_server_is_set(client, cohort, with_mail):
    make_window(cohort)
    assert "answers to the e-mail address" in client.get(f"/apply/{cohort.id}/received").text
    assert "The answer comes to this address." in client.get(f"/apply/{cohort.id}").text
