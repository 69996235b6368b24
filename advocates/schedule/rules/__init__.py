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
from advocates.schedule.rules.closings import Closing, closed_days
from advocates.schedule.rules.coverage import Coverage, ModuleCoverage, coverage, taught_slices
from advocates.schedule.rules.days import read_days
from advocates.schedule.rules.fitting import Fit, Proposal, contact_minutes, proposals
from advocates.schedule.rules.layout import Layout, lay_out, lay_out_slices
from advocates.schedule.rules.needs import Needs, TooEarly, WrongMode, too_early, wrong_modes
from advocates.schedule.rules.pattern import (
    FIRST_YEAR,
    LAST_YEAR,
    Break,
    Meeting,
    Pattern,
    instant_of,
    meeting_days,
    pattern_problems,
)
from advocates.schedule.rules.presets import Preset, preset_pattern
from advocates.schedule.rules.rooms import room_key
from advocates.schedule.rules.saving import meetings_from_json, meetings_to_json
from advocates.schedule.rules.splitting import even_split, split_session
from advocates.schedule.rules.state import CancelReason, SessionState, state_of

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "Break",
    "CancelReason",
    "Closing",
    "Coverage",
    "Fit",
    "Layout",
    "Meeting",
    "ModuleCoverage",
    "Needs",
    "Part",
    "Pattern",
    "PlannedSegment",
    "PlannedSession",
    "Preset",
    "Proposal",
    "SessionState",
    "SlicePlan",
    "TooEarly",
    "WrongMode",
    "agenda_in_order",
    "agenda_problems",
    "closed_days",
    "contact_minutes",
    "coverage",
    "even_split",
    "filling_problems",
    "instant_of",
    "lay_out",
    "lay_out_slices",
    "meeting_days",
    "meetings_from_json",
    "meetings_to_json",
    "move_session",
    "overlapping",
    "pattern_problems",
    "preset_pattern",
    "proposals",
    "read_days",
    "room_key",
    "split_session",
    "state_of",
    "taught_slices",
    "too_early",
    "wrong_modes",
]
