"""The hour rules: presence earns slices, each is posted once, and live entries alone make the balance."""

from .allocation import assign_modes
from .balancing import Balance, ModuleBalance, Shortfall, ShortfallKind, balance, missing_slices
from .earning import earned_from_presence, taught_parts
from .facts import DeliveredSegment, Earned, LiveEntry, Part, Presence, Source, SourceKind
from .forecasting import Forecast, forecast
from .intervals import Slice, instant_of, intersect, minute_of, subtract, total_minutes, union
from .posting import RULE_VERSION, Posting, difference, target_slices
from .version import ModuleHours, VersionHours

__all__ = [
    "RULE_VERSION",
    "Balance",
    "DeliveredSegment",
    "Earned",
    "Forecast",
    "LiveEntry",
    "ModuleBalance",
    "ModuleHours",
    "Part",
    "Posting",
    "Presence",
    "Shortfall",
    "ShortfallKind",
    "Slice",
    "Source",
    "SourceKind",
    "VersionHours",
    "assign_modes",
    "balance",
    "difference",
    "earned_from_presence",
    "forecast",
    "instant_of",
    "intersect",
    "minute_of",
    "missing_slices",
    "subtract",
    "target_slices",
    "taught_parts",
    "total_minutes",
    "union",
]
