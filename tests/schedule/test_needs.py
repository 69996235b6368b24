"""Whatever modules ask, a layout gives it or leaves the minutes over: as properties."""

from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from advocates.curriculum.delivery import DeliveryMode
from advocates.schedule.rules import Needs, SlicePlan, lay_out_slices, proposals, too_early, wrong_modes
from tests.schedule.test_layout_rules import MODULES, patterns


@st.composite
def asking(draw, modules):
    """Modes for each module, and prerequisites among those before it."""
    ids = [module_id for module_id, _minutes in modules]
    some = st.sets(st.sampled_from(list(DeliveryMode)), min_size=1).map(frozenset)
    return {
        module_id: Needs(draw(some), frozenset(draw(st.sets(st.sampled_from(ids[:n]), max_size=2)) if n else ()))
        for n, module_id in enumerate(ids)
    }


def whole(modules: list[tuple[UUID, int]]) -> list[SlicePlan]:
    return [SlicePlan(module_id, 0, minutes) for module_id, minutes in modules]


@given(st.data(), MODULES, patterns())
def test_nothing_is_taught_too_early_or_in_a_wrong_mode_and_no_minute_is_lost(data, modules, pattern):
    needs = data.draw(asking(modules))
    layout = lay_out_slices(whole(modules), pattern, needs)
    segments = [segment for session in layout.sessions for segment in session.segments]
    taught = [(s.module_id, session.delivery_mode) for session in layout.sessions for s in session.segments if s.slice]
    assert too_early(dict(modules), needs, segments) == ()
    assert wrong_modes(needs, taught) == ()
    laid = sum(segment.minutes for segment in segments if segment.slice)
    assert laid + layout.left_over_minutes == sum(minutes for _module_id, minutes in modules)
    for session in layout.sessions:
        assert session.segments[-1].slice
        assert session.end == session.segments[-1].end


@given(st.data(), MODULES, patterns())
def test_whatever_is_proposed_holds_every_minute_once(data, modules, pattern):
    needs = data.draw(asking(modules))
    for proposal in proposals(whole(modules), pattern, needs):
        laid = [s.slice for session in proposal.layout.sessions for s in session.segments if s.slice]
        assert sum(part.minutes for part in laid) == sum(minutes for _module_id, minutes in modules)
        spans = [(session.start, session.end) for session in proposal.layout.sessions]
        assert all(first[1] <= second[0] for first, second in pairwise(spans))
