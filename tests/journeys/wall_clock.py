"""The clock on the wall of a journey: the web server takes for the present what a file says."""

import os
from datetime import datetime
from pathlib import Path

VARIABLE = "WALL_CLOCK"


class WallClock:
    """Stands still at what was set last, for every process of the server."""

    def __init__(self, directory: Path) -> None:
        self.file = directory / "wall_clock"

    def set(self, instant: datetime) -> None:
        # Put in place whole: a request may be reading.
        new = self.file.with_suffix(".new")
        new.write_text(instant.isoformat())
        new.replace(self.file)


def told() -> datetime:
    return datetime.fromisoformat(Path(os.environ[VARIABLE]).read_text())
