"""Reads for the first screens: a trainee's progress, and what waits for a trainer or an administrator."""

from advocates.overview.queries.desks import AdministratorDesk, TrainerDesk, administrator_desk, trainer_desk
from advocates.overview.queries.duties import taught_in
from advocates.overview.queries.progress import Journey, Progress, own_progress, progress_of
from advocates.overview.queries.risk import AtRisk, people_at_risk

__all__ = [
    "AdministratorDesk",
    "AtRisk",
    "Journey",
    "Progress",
    "TrainerDesk",
    "administrator_desk",
    "own_progress",
    "people_at_risk",
    "progress_of",
    "taught_in",
    "trainer_desk",
]
