"""Two versions of a curriculum, and a second administrator."""

from typing import Any

import pytest

from tests.factories.curriculum import make_version
from tests.factories.people import make_person
from tests.factories.transfers import make_next_version


@pytest.fixture
def versions(app: Any) -> tuple[Any, Any]:
    """The second has three of the modules: 60, 120 and 30 minutes."""
    old = make_version()
    return old, make_next_version(old, (60, 120, 30))


@pytest.fixture
def as_second(app: Any) -> Any:
    return app.test_client().sign_in(make_person("Imre Sallow", roles=["administrator"]).id)
