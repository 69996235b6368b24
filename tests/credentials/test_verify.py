"""The public check's first page."""


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
