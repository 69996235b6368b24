"""What bounds making up and completing, from what is read of a person anyway. No statement."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from advocates.attendance.queries import LedgerRow
from advocates.attendance.rules.limits import Taught, make_up_deadline, missed_on
from advocates.attendance.rules.ways import Terms
from advocates.curriculum.rules import MakeUpLimits, MakeUpRoute
from advocates.hours.queries import VersionTerms
from advocates.hours.rules import Slice


def terms_of(
    version: VersionTerms, held: Sequence[Taught], enrolled_on: date, used: Mapping[MakeUpRoute, int] | None = None
) -> Terms:
    """`held` is what was taught on which day, `used` are minutes made up already; none where they are not read."""
    limits = version.rules.make_up_limits
    return Terms(version.hours, limits, used or {}, partial(_last_day, limits, held, enrolled_on))


def window_ends_on(version: VersionTerms, ledger: Sequence[LedgerRow]) -> date | None:
    """The completion window counts from the first day with credited time."""
    days, first = version.rules.completion_window_days, [row.on for row in ledger if row.is_live]
    return min(first) + timedelta(days=days - 1) if days and first else None


def _last_day(
    limits: MakeUpLimits, held: Sequence[Taught], enrolled_on: date, module_id: UUID, minutes: Slice
) -> date | None:
    return make_up_deadline(limits, missed_on(module_id, minutes, held, enrolled_on))
