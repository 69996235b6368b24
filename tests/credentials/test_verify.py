"""The public check's first page."""

import pytest


def test_a_code_leads_to_its_answer_however_it_is_typed(client, award):
    typed = award.code.lower().replace("-", " ")
    response = client.post_form("/verify", {"code": typed})
    assert response.location == f"/verify/{award.code}"


def test_an_empty_code_is_asked_for(client):
    response = client.post_form("/verify", {"code": ""})
    assert response.status_code == 422
    assert "Type the code" in response.text


def test_what_is_no_code_gets_the_answer_unknown(client):
    response = client.post_form("/verify", {"code": "<script>alert(1)</script>"}, follow_redirects=True)
    assert response.status_code == 404
    assert "<script>alert" not in response.text


@pytest.mark.parametrize("typed", ["7K3M/9QRS", "/", "..", "a%2Fb?c#d", "//example.org", "Ångström 王", "\\", "x" * 60])
def test_odd_characters_get_the_answer_unknown_too(client, typed):
    response = client.post_form("/verify", {"code": typed}, follow_redirects=True)
    assert response.status_code == 404
    assert "No certificate has this code" in response.text


def test_an_address_with_a_slash_in_the_code_is_answered_as_unknown(client):
    for address in ("/verify/7K3M/9QRS", "/verify/a%2Fb", "/verify/%00"):
        assert "No certificate has this code" in client.get(address).text


@pytest.mark.parametrize("typed", ["serial", " lcs-2026-0001 "])
def test_a_serial_number_is_recognized_and_the_code_asked_for(client, award, typed):
    response = client.post_form("/verify", {"code": award.serial if typed == "serial" else typed})
    assert response.status_code == 422
    assert "That looks like the serial number. Type the verification code instead." in response.text
