"""What the demo's program says of a cohort before this system: legacy, evidence not held."""

from datetime import date, timedelta

from advocates import clock
from advocates.demo import cast
from advocates.demo.stage import Staff, noon
from advocates.legacy.recording import add_legacy_cohort, judge_past_people, record_past_people
from advocates.legacy.rules import read_past_people

SOURCE = f"{cast.PREFIX}: {cast.ISSUER}, a list of graduates kept on paper"


def tell_past(staff: Staff, today: date) -> None:
    """A list as an office keeps it, with dates and hours where they are known.

    Two of them are on the staff now; whether a third is the trainee of that name, somebody has yet to say.
    """
    year = today.year - 5
    rows = [
        ("Name", "E-mail", "Agency", "Completed on", "Hours"),
        (cast.CURRENT[0].name, "", cast.HARBOR, f"6/4/{year}", "40"),
        ("Kazimierz Wójcik-Ostrowski", "", cast.PRAIRIE, f"{year}-06-04", "38 h 30 min"),
        ("Phạm Ngọc Lan", "", cast.RIVER, f"{year}-06-04", "38.5"),
        ("سلمى الخطيب", "", cast.SOUTHLIGHT, "", ""),
        (cast.TRAINERS[1][0], cast.TRAINERS[1][1], "", f"{year}-06-04", "40"),
        (cast.ADMINISTRATORS[1][0], cast.ADMINISTRATORS[1][1], "", f"{year}-06-04", ""),
    ]
    with clock.at(noon(today - timedelta(days=1))):
        actor_id = staff.administrator.person_id
        cohort_id = add_legacy_cohort(actor_id, f"Spring {year}", "40-hour victim advocate training", SOURCE)
        lines = read_past_people("\n".join(",".join(row) for row in rows), today).lines
        shown = judge_past_people(cohort_id, lines).digest
        record_past_people(actor_id, cohort_id, lines, {}, shown)
