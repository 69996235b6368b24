"""Laying out training sessions, checking agendas, and what they cover: pure, in whole UTC minutes."""

from advocates.schedule.rules.agenda import (
    PlannedSegment,
    PlannedSession,
    SlicePlan,
    agenda_problems,
    move_session,
    overlapping,
)
from advocates.schedule.rules.coverage import Coverage, ModuleCoverage, coverage
from advocates.schedule.rules.layout import Layout, lay_out
from advocates.schedule.rules.pattern import Break, Meeting, Pattern, instant_of, pattern_problems
from advocates.schedule.rules.presets import Preset, preset_pattern

__all__ = [
    "Break",
    "Coverage",
    "Layout",
    "Meeting",
    "ModuleCoverage",
    "Pattern",
    "PlannedSegment",
    "PlannedSession",
    "Preset",
    "SlicePlan",
    "agenda_problems",
    "coverage",
    "instant_of",
    "lay_out",
    "move_session",
    "overlapping",
    "pattern_problems",
    "preset_pattern",
]
