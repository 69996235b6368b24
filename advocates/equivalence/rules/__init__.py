"""Which part of one version stands for which part of another: pure, plain values in and out (Hours 7)."""

from advocates.equivalence.rules.carrying import carried, carried_parts, left_behind
from advocates.equivalence.rules.chains import Link, after, before, origins
from advocates.equivalence.rules.maps import (
    Equivalence,
    GateKind,
    GateLine,
    Line,
    Outline,
    OutlineModule,
    default_equivalence,
    map_problems,
    unmapped_slices,
)

__all__ = [
    "Equivalence",
    "GateKind",
    "GateLine",
    "Line",
    "Link",
    "Outline",
    "OutlineModule",
    "after",
    "before",
    "carried",
    "carried_parts",
    "default_equivalence",
    "left_behind",
    "map_problems",
    "origins",
    "unmapped_slices",
]
