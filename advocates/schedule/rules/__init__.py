"""Laying out training sessions, checking agendas, and what they cover: pure, in whole UTC minutes."""

from advocates.schedule.rules.agenda import (
    Part,
    PlannedSegment,
    PlannedSession,
    SlicePlan,
    agenda_in_order,
    agenda_problems,
    filling_problems,
    move_session,
    overlapping,
)
from advocates.schedule.rules.coverage import Coverage, ModuleCoverage, coverage, taught_slices
from advocates.schedule.rules.days import read_days
from advocates.schedule.rules.layout import Layout, lay_out, lay_out_slices
from advocates.schedule.rules.pattern import (
    FIRST_YEAR,
    LAST_YEAR,
    Break,
    Meeting,
    Pattern,
    instant_of,
    pattern_problems,
)
from advocates.schedule.rules.presets import Preset, preset_pattern
from advocates.schedule.rules.state import CancelReason, SessionState, state_of

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "Break",
    "CancelReason",
    "Coverage",
    "Layout",
    "Meeting",
    "ModuleCoverage",
    "Part",
    "Pattern",
    "PlannedSegment",
    "PlannedSession",
    "Preset",
    "SessionState",
    "SlicePlan",
    "agenda_in_order",
    "agenda_problems",
    "coverage",
    "filling_problems",
    "instant_of",
    "lay_out",
    "lay_out_slices",
    "move_session",
    "overlapping",
    "pattern_problems",
    "preset_pattern",
    "read_days",
    "state_of",
    "taught_slices",
]
