"""What anyone is told about a code, and what they are not."""

from sqlalchemy import delete, update

from advocates.credentials.codes import new_code
from advocates.credentials.models import Credential, CredentialPerson, CredentialState
from advocates.database import db
from tests.budgets import statements


def test_valid_says_what_was_issued_and_never_the_name(client, award):
    page = client.get(f"/verify/{award.code}")
    assert page.status_code == 200
    for text in ("This certificate is valid", "1 h 45 min", award.serial, "Lakeshore Center for Community Safety"):
        assert text in page.text
    assert "Ottilie" not in page.text


def test_a_typed_name_is_confirmed_or_not(client, award):
    yes = client.post_form(f"/verify/{award.code}", {"name": "  ottilie  MARSH "})
    no = client.post_form(f"/verify/{award.code}", {"name": "Otto Marsh"})
    assert "Yes: this is the name" in yes.text
    assert "No: this is not the name" in no.text
    assert "Ottilie" not in no.text


def test_an_erased_name_is_said_to_be_no_longer_held(client, award):
    db.session.execute(delete(CredentialPerson))
    db.session.commit()
    assert "no longer held" in client.post_form(f"/verify/{award.code}", {"name": "Ottilie Marsh"}).text
    assert client.get(f"/verify/{award.code}").status_code == 200


def test_a_replaced_code_tells_state_and_date_only(client, award):
    db.session.execute(update(Credential).values(state=CredentialState.REPLACED, ended_at=award.published_at))
    db.session.commit()
    page = client.get(f"/verify/{award.code}").text
    assert "This certificate was replaced" in page
    for text in (award.serial, "1 h 45 min", "Lakeshore", "Confirm the name"):
        assert text not in page


def test_a_reserved_certificate_is_unknown_to_the_public(client, award):
    db.session.execute(update(Credential).values(state=CredentialState.RESERVED))
    db.session.commit()
    assert client.get(f"/verify/{award.code}").status_code == 404


def test_unknown_and_malformed_codes_get_the_same_answer_for_the_same_cost(client):
    answers, costs = [], []
    for code in (new_code(), "nonsense", "A" * 500):
        with statements() as sent:
            answers.append(client.get(f"/verify/{code}"))
        costs.append(len(sent))
    assert {answer.status_code for answer in answers} == {404}
    assert len(set(costs)) == 1
    assert all("No certificate has this code" in answer.text for answer in answers)


def test_guessing_from_one_address_is_slowed_down(client):
    statuses = [client.get(f"/verify/{new_code()}").status_code for _ in range(61)]
    assert statuses[:60] == [404] * 60
    assert statuses[60] == 429


def test_guessing_the_name_on_a_certificate_is_slowed_down(client, award):
    def confirm(name, **more):
        return client.post_form(f"/verify/{award.code}", {"name": name}, **more).status_code

    assert [confirm("Ottilie Marsh") for _ in range(11)] == [200] * 11
    assert [confirm(f"Name {n}") for n in range(10)] == [200] * 10
    assert confirm("Ottilie Marsh") == 429
    assert confirm("Ottilie Marsh", environ_base={"REMOTE_ADDR": "192.0.2.7"}) == 429
    assert client.get(f"/verify/{award.code}").status_code == 200


def test_the_check_is_not_for_search_engines(client, award):
    assert client.get(f"/verify/{award.code}").headers["X-Robots-Tag"] == "noindex, nofollow"
