"""When a window is open, how an offer stands, who is next in line."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from advocates.admissions.rules import (
    OfferState,
    Terms,
    TermsDraft,
    WindowState,
    may_offer_by_itself,
    offer_standing,
    window_state,
)
from advocates.cohorts.rules import EnrollmentStatus, Quota, Waiting, next_in_line, quotas_left

NOON = datetime(2026, 10, 1, 17, tzinfo=UTC)
DAY, HOUR, LAST = date(2026, 10, 1), timedelta(hours=1), date(2026, 12, 19)


@pytest.mark.parametrize(
    ("terms", "today", "state"),
    [
        (Terms(), DAY, WindowState.OFF),
        (Terms(is_on=True), DAY, WindowState.OPEN),
        (Terms(is_on=True, opens_at=NOON), DAY, WindowState.OPEN),
        (Terms(is_on=True, opens_at=NOON + HOUR), DAY, WindowState.NOT_YET),
        (Terms(is_on=True, closes_at=NOON + HOUR), DAY, WindowState.OPEN),
        (Terms(is_on=True, closes_at=NOON), DAY, WindowState.CLOSED),
        (Terms(is_on=False, closes_at=NOON + HOUR), DAY, WindowState.OFF),
        (Terms(is_on=True), LAST, WindowState.OPEN),
        (Terms(is_on=True), LAST + timedelta(days=1), WindowState.CLOSED),
        (Terms(is_on=True, opens_at=NOON + HOUR), LAST + timedelta(days=1), WindowState.CLOSED),
    ],
)
def test_a_window_is_open_between_its_instants_and_never_after_the_training(terms, today, state):
    assert window_state(terms, NOON, today, LAST) is state


def test_days_are_typed_whole_and_read_back_the_same_over_a_change_of_the_clocks():
    draft = TermsDraft(True, date(2026, 10, 31), date(2026, 11, 1), True, True, 72)
    terms = draft.terms("America/Chicago")
    assert terms.opens_at == datetime(2026, 10, 31, 5, tzinfo=UTC)
    assert terms.closes_at == datetime(2026, 11, 2, 6, tzinfo=UTC)
    assert TermsDraft.of(terms, "America/Chicago") == draft


@pytest.mark.parametrize(
    ("today", "by_itself", "offers"),
    [(date(2026, 10, 20), True, True), (date(2026, 10, 21), True, False), (date(2026, 10, 1), False, False)],
)
def test_seats_are_offered_without_anybody_deciding_up_to_the_first_day(today, by_itself, offers):
    assert may_offer_by_itself(Terms(offers_by_itself=by_itself), today, date(2026, 10, 20)) is offers


OFFERED = EnrollmentStatus.OFFERED


@pytest.mark.parametrize(
    ("state", "expires_at", "status", "standing"),
    [
        (OfferState.OPEN, NOON + HOUR, OFFERED, "open"),
        (OfferState.OPEN, None, OFFERED, "open"),
        (OfferState.OPEN, NOON, OFFERED, "expired"),
        (OfferState.OPEN, NOON + HOUR, EnrollmentStatus.ENROLLED, "enrolled"),
        (OfferState.OPEN, NOON + HOUR, EnrollmentStatus.WITHDRAWN, "ended"),
        (OfferState.ENDED, NOON + HOUR, OFFERED, "ended"),
        (OfferState.EXPIRED, NOON - HOUR, OFFERED, "expired"),
        (OfferState.DECLINED, NOON + HOUR, EnrollmentStatus.WITHDRAWN, "declined"),
        (OfferState.ACCEPTED, NOON + HOUR, EnrollmentStatus.WITHDRAWN, "accepted"),
    ],
)
def test_an_offer_stands_to_the_instant_and_only_while_its_enrollment_has_it(state, expires_at, status, standing):
    assert offer_standing(state, expires_at, status, NOON) == standing


DOOR, HARBOR = UUID(int=1), UUID(int=2)


def _line(*agencies):
    return [Waiting(UUID(int=n), UUID(int=n), f"P{n}", None, agency) for n, agency in enumerate(agencies, 1)]


@pytest.mark.parametrize(
    ("agencies", "free", "left", "chosen"),
    [
        ((None, None, None), 2, {}, [1, 2]),
        ((None,), 0, {}, []),
        ((), 5, {}, []),
        ((DOOR, None), 1, {DOOR: 0}, [2]),
        ((DOOR, DOOR, HARBOR, None), 3, {DOOR: 1}, [1, 3, 4]),
        ((DOOR, DOOR), 2, {HARBOR: 0}, [1, 2]),
    ],
)
def test_the_next_in_line_gets_a_seat_and_never_beyond_the_quota(agencies, free, left, chosen):
    assert [person.enrollment_id.int for person in next_in_line(_line(*agencies), free, left)] == chosen


def test_a_quota_that_was_lowered_below_its_people_leaves_nothing():
    assert quotas_left([Quota(DOOR, "Prairie Door", 1, 3), Quota(HARBOR, "Harbor", 4, 1)]) == {DOOR: 0, HARBOR: 3}
