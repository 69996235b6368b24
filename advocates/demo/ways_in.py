"""Marks that came another way than by the register: from a paper sheet with its scan, and from a meeting's report."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from advocates import clock
from advocates.attendance.marking import Entry, mark_attendance
from advocates.attendance.paper import Scan, enter_paper_sheet
from advocates.attendance.rules import Outcome, Typed
from advocates.database import new_id
from advocates.demo import stage
from advocates.demo.stage import Company, Staff
from advocates.files.rules import PDF
from advocates.mark_files.importing import import_marks, judge_file
from advocates.mark_files.rules import Standing, read_text
from advocates.schedule.models import TrainingSession

DISPUTED = 3  # by place in the cast
BY_REPORT, ON_PAPER = 4, 5  # which session; the last one waits to be signed off
FROM_HOME = {1: (0, 180), 5: (12, 180), 7: (0, 95)}  # by place in the cast: minutes after the start, joined and left
_HEADER = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest"


def mark_otherwise(
    company: Company, staff: Staff, number: int, session: TrainingSession, exceptions: Mapping[int, Typed]
) -> None:
    """The marks of the nth session that do not wait for the register."""
    with clock.at(session.planned_end + timedelta(minutes=20)):
        if number == ON_PAPER:
            _type_in(company, staff, session, exceptions)
        elif number == BY_REPORT:
            _read_report(company, staff, session)


def disagree(company: Company, staff: Staff, session: TrainingSession) -> None:
    """Another trainer had recorded one person without a network, compared both versions, and decided.

    The history of the mark shows the two.
    """
    sent_at = session.planned_end + timedelta(minutes=30)
    trainee_id, actor_id = company.enrollment_ids[DISPUTED], staff.trainers[0].person_id
    typed = Typed(outcome=Outcome.PRESENT, left="20 min")
    with clock.at(sent_at):
        mine = Entry(trainee_id, 0, new_id(), typed, device_at=sent_at - timedelta(minutes=40), is_offline=True)
        saved = mark_attendance(actor_id, session.id, [mine])
        assert saved.conflicts == [trainee_id]  # noqa: S101
        standing = saved.register.version(trainee_id)
        mark_attendance(actor_id, session.id, [replace(mine, base_version=standing, client_key=new_id())]).or_refuse()


def _type_in(company: Company, staff: Staff, session: TrainingSession, exceptions: Mapping[int, Typed]) -> None:
    here = Typed(outcome=Outcome.PRESENT)
    entries = [
        Entry(enrollment_id, 0, new_id(), exceptions.get(place, here))
        for place, enrollment_id in enumerate(company.enrollment_ids)
    ]
    lines = ["SAMPLE", f"Sign-in sheet, {session.planned_start:%B %d, %Y}", "Signed by everybody who came."]
    scan = Scan(_pdf(lines), PDF.media_type)
    enter_paper_sheet(staff.trainers[1].person_id, session, entries, staff.trainers[0].person_id, scan)


def _read_report(company: Company, staff: Staff, session: TrainingSession) -> None:
    """Some joined the evening from home, and the meeting's report says when."""
    actor_id, zone = staff.trainers[0].person_id, ZoneInfo(stage.ZONE)
    rows = [
        ",".join([company.trainees[place].name, "", *_clock(session, minutes), str(minutes[1] - minutes[0]), "Yes"])
        for place, minutes in FROM_HOME.items()
    ]
    report = read_text("\n".join([_HEADER, *rows]))
    judgment = judge_file(actor_id, session, report, zone)
    taken = {row.person.enrollment_id for row in judgment.of(Standing.NEW) if row.person}
    import_marks(actor_id, session.id, report, zone, {}, taken, judgment.digest)


def _clock(session: TrainingSession, minutes: Iterable[int]) -> list[str]:
    moments = (session.planned_start + timedelta(minutes=each) for each in minutes)
    return [f"{moment.astimezone(ZoneInfo(stage.ZONE)):%m/%d/%Y %I:%M:%S %p}" for moment in moments]


def _pdf(lines: Iterable[str]) -> bytes:
    """One page with these lines of plain letters, the same bytes every time."""
    shown = "".join(f"0 -24 Td ({line}) Tj " for line in lines)
    stream = f"BT /F1 16 Tf 72 744 Td {shown}ET"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
    )
    body, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return f"{body}xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode("ascii")
