"""Saving what was seen person by person, as the page's script sends it: late, twice, or beside somebody else's."""

import uuid

import pytest
from sqlalchemy import select

from advocates import clock
from advocates.database import db, new_id
from advocates.skills.models import SkillObservation
from tests.factories.cohorts import make_enrollment
from tests.factories.skills import entry_of, rubric_of, see
from tests.skills.conftest import SKILLS

SKILL = SKILLS[0]


class Script:
    """The page's script, signed in as somebody."""

    def __init__(self, client, cohort, by):
        self.client, self.by = client, by
        self.address = f"/cohorts/{cohort.id}/skills/{cohort.curriculum_version_id}/1/observations"
        self.token = client.get(self.address).json["form_token"]

    def send(self, *marks, **body):
        sent = {"by": str(self.by), "marks": list(marks), **body}
        headers = {"X-Form-Token": self.token, "Accept": "application/json"}
        return self.client.post(self.address, json=sent, headers=headers)

    def results(self, *marks):
        answer = self.send(*marks)
        assert answer.status_code == 200, answer.text
        return answer.json["results"]


@pytest.fixture
def script(cohort, trainer, sign_in):
    return Script(sign_in(trainer.id), cohort, trainer.id)


def seen_of(cohort, enrollment, outcome="done", **more):
    return {
        "client_key": str(new_id()),
        "enrollment_id": str(enrollment.id),
        "base_version": 0,
        "rubric_id": str(rubric_of(cohort, SKILL).id),
        "outcome": outcome,
        "met": [0, 1, 2, 3, 4] if outcome == "done" else [0],
        "observed_on": str(clock.today()),
        "next_try_on": None,
        "device_at": "2026-10-20T22:31:05Z",
        **more,
    }


def stored():
    db.session.expire_all()
    return db.session.scalars(select(SkillObservation).order_by(SkillObservation.version)).all()


def test_each_person_has_their_own_end(cohort, trainer, second, enrollment, script):
    other, third = make_enrollment(cohort, "Łucja Nowak"), make_enrollment(cohort, "Mei Tan")
    see(second, cohort, SKILL, entry_of(cohort, other, SKILL, "not_yet"))
    results = script.results(seen_of(cohort, enrollment), seen_of(cohort, other), seen_of(cohort, third, met=[0]))
    assert [result["state"] for result in results] == ["saved", "conflict", "refused"]
    assert results[0]["mark"]["is_signed"]
    assert results[1]["mark"]["recorded_by"] == "Bo Carr"
    assert (results[2]["field"], results[2]["message"][:10]) == ("met", "Done needs")
    assert len(stored()) == 2


def test_sent_again_it_is_done_once(cohort, enrollment, script):
    sent = seen_of(cohort, enrollment, "not_yet")
    assert [script.results(sent)[0]["state"] for _ in range(3)] == ["saved", "unchanged", "unchanged"]
    assert len(stored()) == 1


def test_keeps_the_phones_time_beside_its_own(cohort, enrollment, script):
    script.results(seen_of(cohort, enrollment))
    (row,) = stored()
    assert row.device_at.isoformat() == "2026-10-20T22:31:05+00:00"


def test_who_left_is_told_of(cohort, script):
    stranger = make_enrollment(cohort, "Basil Thorne", status="withdrawn")
    (result,) = script.results(seen_of(cohort, stranger))
    assert (result["state"], result["mark"]) == ("refused", None)
    assert "not in training here" in result["message"]


@pytest.mark.parametrize(
    "change",
    [
        {"met": [True]},
        {"met": ["0"]},
        {"met": list(range(13))},
        {"base_version": -1},
        {"base_version": "0"},
        {"observed_on": "yesterday"},
        {"outcome": "perhaps"},
        {"rubric_id": 7},
        {"device_at": "2026-10-20T22:31:05"},
    ],
)
def test_what_cannot_be_read_is_refused_as_a_whole(cohort, enrollment, script, change):
    assert script.send(seen_of(cohort, enrollment) | change).status_code == 400
    assert stored() == []


def test_nothing_at_all_and_too_much_are_refused(cohort, enrollment, script):
    assert script.send(marks=None).status_code == 400
    twice = seen_of(cohort, enrollment)
    assert script.send(twice, twice).status_code == 400
    many = [seen_of(cohort, enrollment, enrollment_id=str(uuid.uuid4())) for _ in range(101)]
    assert script.send(*many).status_code == 400


def test_only_who_saw_it_sends_it(cohort, enrollment, script, second):
    assert script.send(seen_of(cohort, enrollment), by=str(second.id)).status_code == 403
    assert stored() == []


def test_strangers_trainees_and_other_trainers_are_refused(cohort, client, as_trainee, as_other_trainer, script):
    for someone, status in ((as_trainee, 403), (as_other_trainer, 404)):
        assert someone.post_form(script.address).status_code == status
    assert client.post_form(script.address).location.startswith("/sign-in")
    assert script.client.put(script.address).status_code in {400, 405}
