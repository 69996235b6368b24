"""An import whose process is killed halfway: nothing of it is there, and it can be done again."""

import subprocess
import sys

from sqlalchemy import func, select

import config
from advocates.cohorts.enrolling import enroll_newcomers
from advocates.cohorts.models import Enrollment
from advocates.cohorts.rules import Line, Newcomer
from advocates.database import db
from advocates.people.models import Agency, Person
from tests.factories.cohorts import make_cohort

# People, enrollments and places are flushed when the process dies, before the audit event and the commit.
KILLED = """
import os, sys, uuid
from pathlib import Path
from advocates.application import create_app
from advocates.cohorts import enrolling
from advocates.cohorts.rules import Line, Newcomer
from tests.conftest import settings_for
url, directory, actor_id, cohort_id = sys.argv[1:]
enrolling.record = lambda *_, **__: os._exit(9)
with create_app(settings_for(url, Path(directory))).app_context():
    lines = [Line(n, Newcomer(f"Person {n}", f"p{n}@example.org", "Hope")) for n in range(50)]
    enrolling.enroll_newcomers(uuid.UUID(actor_id), uuid.UUID(cohort_id), lines)
"""


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_a_killed_import_leaves_nothing_and_can_be_done_again(administrator, tmp_path):
    cohort = make_cohort(capacity=50)
    actor_id, cohort_id = administrator.id, cohort.id
    address = db.engine.url.render_as_string(hide_password=False)
    db.session.remove()
    arguments = [address, str(tmp_path), str(actor_id), str(cohort_id)]
    command = [sys.executable, "-c", KILLED, *arguments]
    done = subprocess.run(command, cwd=config.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 9, done.stderr
    assert (count(Person), count(Enrollment), count(Agency)) == (1, 0, 0)
    db.session.remove()
    lines = [Line(n, Newcomer(f"Person {n}", f"p{n}@example.org", "Hope")) for n in range(50)]
    enroll_newcomers(actor_id, cohort_id, lines)
    db.session.commit()
    assert (count(Person), count(Enrollment), count(Agency)) == (51, 50, 1)
