"""The rules of marks from files: which column is which, what is said of whom, and what that would change."""

from .claims import Claim, Said, claims_of, presence_of
from .columns import TITLES, Kind, MarksFile, read_file, read_text
from .judging import Around, Judged, Judgment, Known, Standing, judge
from .moments import MomentRefused, read_moment, zone_named

__all__ = [
    "TITLES",
    "Around",
    "Claim",
    "Judged",
    "Judgment",
    "Kind",
    "Known",
    "MarksFile",
    "MomentRefused",
    "Said",
    "Standing",
    "claims_of",
    "judge",
    "presence_of",
    "read_file",
    "read_moment",
    "read_text",
    "zone_named",
]
