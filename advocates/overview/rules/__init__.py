"""Where a trainee stands and what comes next: pure, plain values in and out."""

from advocates.overview.rules.outlook import Evidence, Gap, Offer, Outlook, look_ahead
from advocates.overview.rules.prospect import Prospect, Reach, Situation, prospect_of
from advocates.overview.rules.steps import Step, steps_of

__all__ = [
    "Evidence",
    "Gap",
    "Offer",
    "Outlook",
    "Prospect",
    "Reach",
    "Situation",
    "Step",
    "look_ahead",
    "prospect_of",
    "steps_of",
]
