"""The order of a draft's modules, by buttons or as dragged; never over an order that was not seen."""

import pytest
from sqlalchemy import func, select

from advocates.audit.models import AuditEvent
from advocates.database import db
from advocates.drafting.editing import order_modules
from advocates.seen import ChangedMeanwhile, Seen
from tests.client import seen_on
from tests.factories.curriculum import make_version
from tests.factories.drafting import make_draft, rows
from tests.factories.people import make_person
from tests.together import at_once


def address(version):
    return f"/curriculum-versions/{version.id}/order"


def shown(client, version):
    text = client.get(f"/curriculum-versions/{version.id}/edit").text
    return {"order": [str(row.module_id) for row in rows(version)], "seen": seen_on(text)}


def keys(version):
    db.session.expire_all()
    return [row.key for row in rows(version)]


@pytest.mark.parametrize(("button", "which", "order"), [("up", 2, ["A1", "A3", "A2"]), ("down", 0, ["A2", "A1", "A3"])])
def test_a_button_moves_one(as_administrator, button, which, order):
    version = make_draft()
    form = shown(as_administrator, version)
    response = as_administrator.post_form(address(version), form | {button: form["order"][which]})
    assert response.location.endswith(f"/edit#module-{form['order'][which]}")
    assert keys(version) == order
    assert db.session.scalars(select(AuditEvent.action)).all() == ["order_modules"]
    assert f"A{which + 1} is module 2 of 3 now." in as_administrator.get(response.location).text


def test_a_dragged_order_is_kept(as_administrator):
    version = make_draft()
    form = shown(as_administrator, version)
    dragged = form["order"][::-1]
    as_administrator.post_form(address(version), form | {"order": dragged, "moved": dragged[0]})
    assert keys(version) == ["A3", "A2", "A1"]


def test_the_same_order_writes_nothing(as_administrator):
    version = make_draft()
    as_administrator.post_form(address(version), shown(as_administrator, version))
    assert db.session.scalar(select(func.count()).select_from(AuditEvent)) == 0


def test_an_order_that_was_changed_meanwhile_is_shown_not_overwritten(as_administrator):
    version = make_draft()
    old = shown(as_administrator, version)
    as_administrator.post_form(address(version), old | {"up": old["order"][1]})
    response = as_administrator.post_form(address(version), old | {"up": old["order"][2]})
    assert response.status_code == 409
    assert "somebody else changed the modules meanwhile" in response.text
    assert keys(version) == ["A2", "A1", "A3"]


def test_an_order_that_loses_repeats_or_invents_a_module_changes_nothing(as_administrator):
    version = make_draft()
    form = shown(as_administrator, version)
    first, second, _third = form["order"]
    for wrong in ([first, second], [first, first, second], [*form["order"], str(version.id)]):
        assert as_administrator.post_form(address(version), form | {"order": wrong}).status_code == 409
    assert as_administrator.post_form(address(version), form | {"order": ["x"]}).status_code == 400
    assert keys(version) == ["A1", "A2", "A3"]


def test_of_two_orders_at_once_one_is_kept(app, administrator):
    version = make_draft()
    ids = [row.module_id for row in rows(version)]
    seen = Seen.of({"order": list(map(str, ids))})
    actor_id, version_id = administrator.id, version.id
    wanted = (ids[::-1], [ids[1], ids[0], ids[2]])
    results = at_once(app, *[lambda order=order: order_modules(actor_id, version_id, order, seen) for order in wanted])
    assert sorted(type(result) for result in results if result is not None) == [ChangedMeanwhile]
    db.session.expire_all()
    assert [row.module_id for row in rows(version)] in wanted


def test_what_was_published_meanwhile_stays(client, as_administrator):
    version = make_version(minutes=(60, 60))
    form = {"order": [str(row.module_id) for row in rows(version)][::-1]}
    assert as_administrator.post_form(address(version), form).location == f"/curriculum-versions/{version.id}"
    assert keys(version) == ["A1", "A2"]
    assert as_administrator.get(address(version)).status_code == 405
    client.sign_in(make_person("Wen Harlow", roles=["trainee"]).id)
    assert client.post_form(address(version), form).status_code == 403
