"""Who and when: the invented people of the story, and the autumn in which it takes place."""

from dataclasses import dataclass
from datetime import date, timedelta

from advocates import clock

PASSWORD = "copper lantern meadow forty"


@dataclass(frozen=True)
class Member:
    name: str
    email: str


ADMINISTRATOR = Member("Ada Quillfeather", "ada.quillfeather@city.example")
TRAINERS = (
    Member("Renata Solberg", "renata.solberg@city.example"),
    Member("Tobias Okonkwo-Reyes", "tobias.reyes@city.example"),
)


def _trainee(name: str, email: str) -> Member:
    return Member(name, f"{email}@agency.example")


# Each of these has a part in the story; the others are always there and lack nothing.
LATE = _trainee("Łucja Wiśniewska", "lucja")
LEFT_EARLY = _trainee("Marcus Fennimore", "marcus")
STEPPED_OUT = _trainee("Nguyễn Thị Hạnh", "hanh")
ABSENT = _trainee("Priya Balakrishnan", "priya")
UNCERTAIN = _trainee("محمد الحسيني", "mohamed")
FAILED_TEST = _trainee("Dorothea Lindqvist", "dorothea")
LACKS_SKILL = _trainee("Kwabena Asante-Hill", "kwabena")
UNSIGNED = _trainee("王丽华", "wang")
UNNAMED = _trainee("Siobhán Ó Ceallaigh", "siobhan")
FULL = (
    _trainee("Aaliyah Brightwater", "aaliyah"),
    _trainee("Benedetto Carrisi-Vance", "benedetto"),
    _trainee("Chidinma Eze-Thornton", "chidinma"),
    _trainee("Delphine Marchetti", "delphine"),
    _trainee("Esteban Quiroga", "esteban"),
    _trainee("Farida Noorzai", "farida"),
    _trainee("Grzegorz Brzęczykowski", "grzegorz"),
    _trainee("Hyacinth Pembroke", "hyacinth"),
    _trainee("Ignatius Oyelaran", "ignatius"),
    _trainee("Jarosław Żółtowski", "jaroslaw"),
    _trainee("Kalinda Varghese", "kalinda"),
    _trainee("Leocadia Whitcombe", "leocadia"),
    _trainee("Mireille Fontanier", "mireille"),
    _trainee("Nadezhda Sokolenko", "nadezhda"),
    _trainee("Oluwaseun Adeyinka", "oluwaseun"),
)
LACKING = (LEFT_EARLY, ABSENT, FAILED_TEST, LACKS_SKILL, UNSIGNED, UNNAMED)
READY = (LATE, STEPPED_OUT, UNCERTAIN, *FULL)
TRAINEES = (LATE, LEFT_EARLY, STEPPED_OUT, ABSENT, UNCERTAIN, FAILED_TEST, LACKS_SKILL, UNSIGNED, UNNAMED, *FULL)


@dataclass(frozen=True)
class Autumn:
    """Three and a half weeks of evenings and Saturdays, around the night the clocks go back."""

    clocks_change: date

    @property
    def title(self) -> str:
        return f"Fall {self.clocks_change.year}"

    @property
    def first_day(self) -> date:
        return self.clocks_change - timedelta(days=12)

    @property
    def make_up_day(self) -> date:
        return self.clocks_change + timedelta(days=12)

    @property
    def last_day(self) -> date:
        return self.clocks_change + timedelta(days=40)


def latest_autumn() -> Autumn:
    """The last one whose sessions are all over, since a register opens on its session's day."""
    year = clock.today().year
    for each in (year, year - 1):
        november = date(each, 11, 1)
        autumn = Autumn(november + timedelta(days=6 - november.weekday()))
        if autumn.make_up_day < clock.today():
            return autumn
    raise AssertionError("last year's autumn is over")
