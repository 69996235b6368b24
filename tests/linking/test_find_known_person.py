"""Finding whom a walk-in may be."""

import uuid

from tests.budgets import statements
from tests.factories.people import make_person


def test_a_walk_ins_page_leads_here_and_candidates_of_that_name_stand_there_already(as_administrator, walk_in):
    known = make_person("Søren Achterberg", email="soren@example.org")
    make_person("Imani Oduya")
    address = f"/people/{walk_in.person_id}/link"
    assert address in as_administrator.get(f"/people/{walk_in.person_id}").text
    page = as_administrator.get(address).text
    assert f"{address}/{known.id}" in page
    assert "Imani" not in page


def test_anybody_else_is_found_by_name_or_address_and_not_the_walk_in(as_administrator, walk_in):
    known = make_person("Imani Oduya", email="imani@example.org")
    for term in ("oduya", "imani@"):
        assert f"/link/{known.id}" in as_administrator.get(f"/people/{walk_in.person_id}/link?q={term}").text
    assert (
        f"/link/{walk_in.person_id}" not in as_administrator.get(f"/people/{walk_in.person_id}/link?q=S%C3%B8ren").text
    )
    assert "Nobody else has this" in as_administrator.get(f"/people/{walk_in.person_id}/link?q=%00zzz").text


def test_who_signs_in_cannot_be_linked(as_administrator, room):
    page = as_administrator.get(f"/people/{room.trainees[0].person_id}/link").text
    assert "Only somebody without an e-mail address" in page


def test_only_administrators_and_a_missing_person_is_404(client, as_administrator, room, walk_in):
    client.sign_in(room.trainer.id)
    assert client.get(f"/people/{walk_in.person_id}/link").status_code == 403
    assert as_administrator.get(f"/people/{uuid.uuid4()}/link").status_code == 404


def test_statements_do_not_grow_with_the_people_found(as_administrator, walk_in):
    counts = []
    for more in (1, 2, 27):
        for number in range(more):
            make_person(f"Søren {number}")
        with statements() as sent:
            as_administrator.get(f"/people/{walk_in.person_id}/link")
        counts.append(len(sent))
    assert counts[0] == counts[1] == counts[2] <= 4, counts
