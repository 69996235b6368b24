"""What a cohort learned."""


def test_fewer_than_five_pairs_show_no_figure(client, as_trainer, as_trainee, room):
    address = f"/cohorts/{room.cohort.id}/knowledge-gain"
    page = as_trainer.get(address).text
    assert "Fewer than 5 people took both tests" in page
    assert client.get(address).status_code == 303
    assert as_trainee.get(address).status_code == 403
    assert as_trainer.post_form(address).status_code == 405
