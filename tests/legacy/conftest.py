"""A legacy cohort without people."""

from typing import Any

import pytest

from advocates.legacy.models import LegacyCohort
from tests.factories.legacy import make_legacy_cohort


@pytest.fixture
def past(administrator: Any) -> LegacyCohort:
    return make_legacy_cohort(administrator)
