"""Every table there is: imported so that the database, its migrations and its checks know them all."""

from advocates import idempotency
from advocates.admissions import models as admissions
from advocates.assessments import models as assessments
from advocates.attendance import models as attendance
from advocates.audit import models as audit
from advocates.calendars import models as calendars
from advocates.check_in import models as check_in
from advocates.cohorts import models as cohorts
from advocates.credentials import models as credentials
from advocates.curriculum import models as curriculum
from advocates.equivalence import models as equivalence
from advocates.evaluations import models as evaluations
from advocates.files import models as files
from advocates.grading import models as grading
from advocates.hours import models as hours
from advocates.legacy import models as legacy
from advocates.messages import models as messages
from advocates.people import models as people
from advocates.question_bank import models as question_bank
from advocates.schedule import models as schedule
from advocates.sittings import models as sittings
from advocates.skills import models as skills
from advocates.staffing import models as staffing

TABLES = (
    idempotency,
    admissions,
    assessments,
    attendance,
    audit,
    calendars,
    check_in,
    cohorts,
    credentials,
    curriculum,
    equivalence,
    evaluations,
    files,
    grading,
    hours,
    legacy,
    messages,
    people,
    question_bank,
    schedule,
    skills,
    sittings,
    staffing,
)
