"""Who issues and who signs, for certificates issued from now on."""

import uuid

import pytest
from sqlalchemy import select

from advocates.audit.models import AuditEvent, AuditValue
from advocates.credentials.content import find_letterhead
from advocates.credentials.models import Issuer, Signatory
from advocates.database import db
from tests.factories.graduation import make_issuer
from tests.factories.people import make_person

GOOD = {
    "name": "Lakeshore Center for Community Safety",
    "program_title": "Victim Advocate Training",
    "serial_prefix": "LCS",
    "signatory_1_name": "Renata Okafor-Lind",
    "signatory_1_title": "Program Director",
    "signatory_1_place": "1",
}


def save(client, **changed):
    boxes = {}
    for number in range(1, 5):
        row = f"signatory_{number}"
        boxes |= {f"{row}_name": "", f"{row}_title": "", f"{row}_place": str(number)}
    return client.post_form("/issuer", {**boxes, **GOOD, **changed})


def signatories():
    rows = db.session.scalars(select(Signatory).order_by(Signatory.position))
    return [(row.position, row.name, row.title) for row in rows]


def test_naming_the_issuer_makes_issuing_possible(as_administrator):
    assert find_letterhead() is None
    assert save(as_administrator).location == "/issuer"
    issuer = find_letterhead().issuer
    assert (issuer.name, issuer.program_title, issuer.serial_prefix, issuer.is_sample) == (
        "Lakeshore Center for Community Safety",
        "Victim Advocate Training",
        "LCS",
        False,
    )
    assert signatories() == [(1, "Renata Okafor-Lind", "Program Director")]
    text = as_administrator.get("/issuer").text
    assert 'value="Renata Okafor-Lind"' in text
    assert "SAMPLE" not in text


def test_signatories_are_added_reordered_and_removed(as_administrator):
    save(as_administrator, signatory_2_name="王秀英", signatory_2_title="Trainer")
    assert [name for _, name, _ in signatories()] == ["Renata Okafor-Lind", "王秀英"]
    save(
        as_administrator,
        signatory_1_place="2",
        signatory_2_name="王秀英",
        signatory_2_title="Trainer",
        signatory_2_place="1",
    )
    assert signatories() == [(1, "王秀英", "Trainer"), (2, "Renata Okafor-Lind", "Program Director")]
    save(as_administrator)
    assert signatories() == [(1, "Renata Okafor-Lind", "Program Director")]


def test_one_issuer_stands_and_changes_are_on_the_trail(as_administrator):
    save(as_administrator)
    save(as_administrator, name="Lakeshore Alliance")
    assert db.session.scalars(select(Issuer.name)).all() == ["Lakeshore Alliance"]
    last = db.session.scalars(select(AuditEvent).filter_by(action="name_issuer").order_by(AuditEvent.seq)).all()[-1]
    assert "Lakeshore" not in last.payload
    values = db.session.scalars(select(AuditValue).filter_by(seq=last.seq)).all()
    assert [(v.field, v.before, v.after) for v in values] == [("name", GOOD["name"], "Lakeshore Alliance")]


def test_a_sample_issuer_stays_one(as_administrator):
    make_issuer(is_sample=True)
    assert "its certificates print SAMPLE" in as_administrator.get("/issuer").text
    save(as_administrator, is_sample="")
    assert db.session.scalars(select(Issuer.is_sample)).one() is True


def test_the_same_form_twice_saves_once(as_administrator):
    key = str(uuid.uuid4())
    save(as_administrator, request_key=key)
    save(as_administrator, request_key=key)
    assert len(db.session.scalars(select(AuditEvent).filter_by(action="name_issuer")).all()) == 1


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": "  "}, "Type who issues the certificates."),
        ({"name": "x" * 201}, "longer than 200 characters"),
        ({"program_title": ""}, "Type the title of the program."),
        ({"serial_prefix": "lcs"}, "Use 2 to 10 capital letters and digits"),
        ({"serial_prefix": "L"}, "Use 2 to 10 capital letters and digits"),
        ({"serial_prefix": "LCS-1"}, "Use 2 to 10 capital letters and digits"),
        ({"serial_prefix": "ŁCS"}, "Use 2 to 10 capital letters and digits"),
        ({"signatory_1_name": "", "signatory_1_title": ""}, "Name at least one signatory."),
        ({"signatory_1_title": ""}, "Type both, or leave both empty."),
        ({"signatory_2_title": "Trainer"}, "Type both, or leave both empty."),
        ({"signatory_1_name": "x" * 121}, "longer than 120 characters"),
        ({"signatory_1_name": "a\x00b"}, "cannot be stored"),
        ({"signatory_1_place": "9"}, "Not a valid choice"),
        (
            {"signatory_2_name": "Tomasz Wiśniewski", "signatory_2_title": "Trainer", "signatory_2_place": "1"},
            "Somebody else has this place.",
        ),
    ],
)
def test_bad_input_is_refused_and_kept(as_administrator, changed, sentence):
    make_issuer()
    before = signatories()
    response = save(as_administrator, **{"program_title": "Kept as typed", **changed})
    assert response.status_code == 422
    assert sentence in response.text
    if "program_title" not in changed:
        assert 'value="Kept as typed"' in response.text
    db.session.expire_all()
    assert db.session.scalars(select(Issuer.program_title)).one() == "Victim Advocate Training"
    assert signatories() == before


def test_only_administrators_name_the_issuer(client):
    assert client.get("/issuer").location.startswith("/sign-in")
    for role in ("trainer", "trainee", "auditor"):
        client.sign_in(make_person(f"Some {role}", roles=[role]).id)
        assert client.get("/issuer").status_code == 403
        assert save(client).status_code == 403
    assert find_letterhead() is None


def test_a_local_base_address_is_warned_of_but_not_to_a_sample_issuer(as_administrator):
    warning = "Certificates will carry the address http://localhost. Set ADVOCATES_BASE_ADDRESS first."
    assert warning in as_administrator.get("/issuer").text
    make_issuer(is_sample=True)
    assert warning not in as_administrator.get("/issuer").text
