"""The analysis as a table."""


def test_it_is_a_table_for_a_spreadsheet(client, as_trainer, as_trainee, assessment, taken):
    address = f"/tests/{assessment.id}/analysis.csv"
    response = as_trainer.get(address)
    assert response.mimetype == "text/csv"
    lines = response.data.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Question,People,")
    assert lines[1] == "decides,1,,,"
    assert client.get(address).status_code == 303
    assert as_trainee.get(address).status_code == 403
    assert as_trainer.post_form(address).status_code == 405
