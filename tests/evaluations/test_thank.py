"""The page after an answer and after "no thanks": the same for both, for everybody."""


def test_it_thanks_without_saying_for_what(client):
    page = client.get("/survey-answered")
    assert page.status_code == 200
    assert "Thank you" in page.text
    assert "without your name" in page.text


def test_another_method_is_refused(client):
    assert client.post_form("/survey-answered").status_code == 405
